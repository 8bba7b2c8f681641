// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTP

/// One stream for several readers, none of whom misses a byte.
///
/// A piece is held until everybody has taken it. Who is ahead gets up to 256 KiB further than who is last; then he waits
/// for the last one, or for that one to be given up: the server cuts off a reader who takes nothing for 30 s. So the
/// slowest sets the pace, and memory stays what it is. The stream ends with its last reader.
actor SharedStream {
  /// From so many bytes on that somebody has not taken, no further piece is asked for.
  static let window = 262_144

  private let source: BodyStream
  private var pieces: [[UInt8]] = []
  /// The number of the first piece that is held.
  private var first = 0
  /// The number of the next piece of each reader.
  private var positions: [Int: Int]
  private var outcome: Result<Void, BodyStream.Broken>?
  private var isAsking = false
  private var waiting: [Int: CheckedContinuation<Void, Never>] = [:]

  /// As many streams of the same bytes. One is the source itself.
  static func readers(of source: BodyStream, count: Int) -> [BodyStream] {
    guard count > 1 else { return Array(repeating: source, count: count) }
    let shared = SharedStream(source, readers: count)
    return (0..<count).map { reader in
      BodyStream(length: source.length) { () async throws(BodyStream.Broken) in
        try await shared.next(for: reader)
      } whenEnded: { _, _ in
        Task { await shared.leave(reader) }
      }
    }
  }

  private init(_ source: BodyStream, readers: Int) {
    self.source = source
    positions = Dictionary(uniqueKeysWithValues: (0..<readers).map { ($0, 0) })
  }

  private func next(for reader: Int) async throws(BodyStream.Broken) -> [UInt8]? {
    while let position = positions[reader], !Task.isCancelled {
      if position - first < pieces.count {
        let piece = pieces[position - first]
        positions[reader] = position + 1
        trim()
        return piece
      }
      if let outcome {
        try outcome.get()
        return nil
      }
      await wait(reader)
    }
    throw BodyStream.Broken(reason: "cancelled")
  }

  /// Whether there is anything to wait for. Asked when the continuation is there: on its way a task may leave its
  /// actor.
  private func hasToWait(_ reader: Int) -> Bool {
    guard let position = positions[reader], !Task.isCancelled else { return false }
    return position - first >= pieces.count && outcome == nil
  }

  private func wait(_ reader: Int) async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        guard hasToWait(reader) else { return continuation.resume() }
        waiting[reader] = continuation
        ask()
      }
    } onCancel: {
      Task { await wakeUp(reader) }
    }
  }

  private func wakeUp(_ reader: Int) {
    waiting.removeValue(forKey: reader)?.resume()
  }

  private func wakeUpAll() {
    for reader in waiting.keys { wakeUp(reader) }
  }

  /// Asks for a piece, unless one is on its way or there is no room.
  private func ask() {
    let held = pieces.reduce(0) { $0 + $1.count }
    guard !isAsking, outcome == nil, held < Self.window else { return }
    isAsking = true
    // Nobody's in particular: a reader who goes away does not end it for the others.
    Task { await fetch() }
  }

  private func fetch() async {
    do throws(BodyStream.Broken) {
      if let piece = try await source.next() {
        pieces.append(piece)
      } else {
        outcome = .success(())
      }
    } catch {
      outcome = .failure(error)
    }
    isAsking = false
    wakeUpAll()
  }

  /// Lets go of what everybody has taken. Who waited for room asks anew.
  private func trim() {
    let last = positions.values.min() ?? first + pieces.count
    guard last > first else { return }
    pieces.removeFirst(min(last - first, pieces.count))
    first = last
    wakeUpAll()
  }

  private func leave(_ reader: Int) {
    positions[reader] = nil
    wakeUp(reader)
    trim()
    guard positions.isEmpty else { return }
    switch outcome {
    case .success: source.end(.complete)
    case .failure(let broken): source.end(.broken(broken))
    case nil: source.end(.abandoned)
    }
  }
}
