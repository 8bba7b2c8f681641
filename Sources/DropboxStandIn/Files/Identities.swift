// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Which id belongs to what: stable over a run, kept when a file is moved or replaced.
final class Identities: Sendable {
  struct Inode: Hashable {
    let device: UInt64
    let inode: UInt64
  }

  private struct State {
    var idByPath: [String: String] = [:]
    var pathByID: [String: String] = [:]
    var idByInode: [Inode: String] = [:]
  }

  private let state = Mutex(State())
  private let person: Person

  /// Ids of two people are never the same.
  init(of person: Person) {
    self.person = person
  }

  /// - Parameter isMoved: whether what an inode was before, at the path given, is this same file.
  func id(
    ofPath pathLower: String, inode: Inode?, isMoved: (String) -> Bool
  ) -> String {
    state.withLock { state in
      if let id = state.idByPath[pathLower] {
        if let inode { state.idByInode[inode] = id }
        return id
      }
      var id = made(from: pathLower)
      if let inode, let known = state.idByInode[inode], let old = state.pathByID[known],
        isMoved(old)
      {
        state.idByPath[old] = nil
        id = known
      } else if state.pathByID[id] != nil {
        // The name of a file that was moved away and kept its id.
        id = made(from: pathLower + "\u{0}\(state.idByPath.count)")
      }
      state.idByPath[pathLower] = id
      state.pathByID[id] = pathLower
      if let inode { state.idByInode[inode] = id }
      return id
    }
  }

  func path(ofID id: String) -> String? {
    state.withLock { $0.pathByID[id] }
  }

  private func made(from text: String) -> String {
    let alphabet = Array(
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    var bytes = Array("id:".utf8)
    var fingerprint = Fingerprint()
    if person != .ana { fingerprint.add(person.id) }
    for round in 0..<3 {
      fingerprint.add(text)
      fingerprint.add(round)
      var value = fingerprint.value
      for _ in 0..<8 where bytes.count < 25 {
        bytes.append(alphabet[Int(value & 63)])
        value >>= 7
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
