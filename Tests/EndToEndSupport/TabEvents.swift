// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import Synchronization
import TestSupport

/// What the events of a tab have told: whether it loads a page, which documents have loaded, and what its console said.
final class TabEvents: Sendable {
  struct State {
    var isLoading = false
    /// Identifiers of the documents whose load event was fired.
    var loaded: Set<String> = []
    var console: [String] = []
    fileprivate var waits: [Int: Wait] = [:]
    fileprivate var lastWait = 0
  }

  fileprivate struct Wait {
    let condition: @Sendable (State) -> Bool
    let deadline: DeadlineID
    let continuation: CheckedContinuation<Bool, Never>
  }

  /// The identifier of the main frame is that of the target.
  private let frame: String
  private let state = Mutex(State())

  init(frame: String) {
    self.frame = frame
  }

  func takeConsole() -> [String] {
    state.withLock { state in
      defer { state.console = [] }
      return state.console
    }
  }

  /// Waits for a condition.
  ///
  /// - Returns: whether it came true within the limit.
  func wait(within limit: Duration, _ condition: @escaping @Sendable (State) -> Bool) async -> Bool
  {
    await withCheckedContinuation { continuation in
      state.withLock { state in
        if condition(state) { return continuation.resume(returning: true) }
        state.lastWait += 1
        let number = state.lastWait
        let deadline = TestLoop.shared.after(limit) { [weak self] in
          self?.state.withLock { $0.waits.removeValue(forKey: number) }?.continuation
            .resume(returning: false)
        }
        state.waits[number] = Wait(
          condition: condition, deadline: deadline, continuation: continuation)
      }
    }
  }

  func handle(_ event: String, _ parameters: JSONValue) {
    let isMain = parameters["frameId"]?.string == frame
    switch event {
    case "Page.frameRequestedNavigation" where isMain && parameters["disposition"] == "currentTab",
      "Page.frameStartedLoading" where isMain:
      change { $0.isLoading = true }
    case "Page.frameStoppedLoading" where isMain: change { $0.isLoading = false }
    case "Page.lifecycleEvent" where isMain && parameters["name"] == "load":
      if let loader = parameters["loaderId"]?.string { change { $0.loaded.insert(loader) } }
    case "Log.entryAdded":
      let entry = parameters["entry"]
      note(entry?["level"], "\(entry?["url"]?.string ?? "") \(entry?["text"]?.string ?? "")")
    case "Runtime.consoleAPICalled":
      let words = parameters["args"]?.array.map {
        $0["description"]?.string ?? $0["value"].map { "\($0)" } ?? ""
      }
      note(parameters["type"], words?.joined(separator: " ") ?? "")
    case "Runtime.exceptionThrown":
      let details = parameters["exceptionDetails"]
      note("error", details?["exception"]?["description"]?.string ?? "\(details ?? .null)")
    default: break
    }
  }

  private func note(_ level: JSONValue?, _ text: String) {
    let levels = ["error": "SEVERE", "assert": "SEVERE", "warning": "WARNING"]
    let level = levels[level?.string ?? ""] ?? "INFO"
    change { $0.console.append("\(level): \(text)") }
  }

  private func change(_ change: (inout State) -> Void) {
    state.withLock { state in
      change(&state)
      for (number, wait) in state.waits where wait.condition(state) {
        state.waits[number] = nil
        TestLoop.shared.cancel(wait.deadline)
        wait.continuation.resume(returning: true)
      }
    }
  }
}
