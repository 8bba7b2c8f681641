// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

public import EventLoop

/// One event loop for the deadlines of tests.
public enum TestLoop {
  public static let shared: EventLoop = {
    do {
      return try EventLoop(name: "tests")
    } catch {
      fatalError("no event loop for the tests: \(error)")
    }
  }()
}

extension TestLoop {
  /// Waits a moment before asking again something that tells nobody when it is ready, such as a port.
  public static func pause(_ duration: Duration) async {
    await withCheckedContinuation { continuation in
      _ = shared.after(duration) { continuation.resume() }
    }
  }
}
