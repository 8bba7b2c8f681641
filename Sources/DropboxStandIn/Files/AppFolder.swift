// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// The app folder: a folder of this machine and what was made up beside it, read anew each time.
final class AppFolder: Sendable {
  private struct Stamp: Equatable {
    let seconds: Int
    let nanoseconds: Int
    let sizeBytes: Int
    let inode: Identities.Inode
    let isFolder: Bool
  }

  private struct Known {
    let stamp: Stamp
    let entry: Entry
  }

  private let root: String?
  private let imaginary: ImaginaryFolder
  private let identities: Identities
  private let known = Mutex<[String: Known]>([:])
  private let hashes = Mutex<[String: String]>([:])

  init(_ content: StandIn.AccountContent, of person: Person = .ana) {
    identities = Identities(of: person)
    root = content.photos
    imaginary = ImaginaryFolder(content, identities)
  }

  /// What lies directly in a folder, folders first, otherwise in an order that means nothing.
  /// - Parameter path: as displayed; empty for the root.
  func children(of path: String) -> [Entry] {
    let real = root.flatMap { DirectoryScan.items(in: $0 + path) } ?? []
    var seen: Set<String> = []
    // Two names that differ in case only cannot live in a Dropbox; the first one stays.
    let sorted = real.count == 1 ? real : real.sorted { $0.name < $1.name }
    var entries = sorted.map { entry(for: $0, path: path + "/" + $0.name) }
      .filter { seen.insert($0.pathLower).inserted }
    let made = imaginary.children(of: path.lowercased())
    if entries.isEmpty { return made }
    entries += made.filter { !seen.contains($0.pathLower) }
    return entries.sorted { ($0.isFolder ? 0 : 1, $0.id) < ($1.isFolder ? 0 : 1, $1.id) }
  }

  /// Everything below a folder, each folder before what it holds.
  func descendants(of path: String) -> [Entry] {
    children(of: path).flatMap { entry in
      entry.isFolder ? [entry] + descendants(of: entry.path) : [entry]
    }
  }

  /// The entry of a path `/…`, an `id:…` or a `rev:…`.
  func entry(at address: String) -> Entry? {
    if address.hasPrefix("id:") {
      let parts = address.split(separator: "/", maxSplits: 1)
      guard let id = parts.first, let path = identities.path(ofID: String(id)) else { return nil }
      return entry(atLower: path + (parts.count == 2 ? "/" + parts[1].lowercased() : ""))
    }
    if address.hasPrefix("rev:") {
      let revision = address.dropFirst(4)
      return descendants(of: "").first { !$0.isFolder && $0.revision == revision }
    }
    return entry(atLower: address.lowercased())
  }

  /// The `content_hash`; nothing for folders and files that went away.
  func hash(of entry: Entry) -> String? {
    switch entry.content {
    case .folder: return nil
    case .generated: return GeneratedPicture.shared.hash
    case .file(let path), .sample(let path):
      let key = entry.content.isShared ? path : entry.revision + path
      if let hash = hashes.withLock({ $0[key] }) { return hash }
      guard let hash = ContentHash.text(ofFile: path) else { return nil }
      hashes.withLock { $0[key] = hash }
      return hash
    }
  }

  /// Goes down from the root in a loop: a path may have more parts than the stack has room for calls.
  private func entry(atLower lower: String) -> Entry? {
    if let entry = knownEntry(atLower: lower) { return entry }
    guard let parts = lower.pathParts else { return nil }
    var found: Entry?
    var prefix = ""
    for part in parts {
      if let found, !found.isFolder { return nil }
      prefix += "/" + part
      let next =
        knownEntry(atLower: prefix)
        ?? children(of: found?.path ?? "").first { $0.pathLower == prefix }
      guard let next else { return nil }
      found = next
    }
    return found
  }

  /// An entry that was made up, or seen before and is still there.
  private func knownEntry(atLower lower: String) -> Entry? {
    if let entry = imaginary.entry(at: lower) { return entry }
    guard let entry = known.withLock({ $0[lower]?.entry }), let root,
      let item = DirectoryScan.item(at: root + entry.path)
    else { return nil }
    return self.entry(for: item, path: entry.path)
  }

  private func entry(for item: DirectoryItem, path: String) -> Entry {
    let inode = Identities.Inode(device: item.device, inode: item.inode)
    let stamp = Stamp(
      seconds: item.modifiedSeconds, nanoseconds: item.modifiedNanoseconds,
      sizeBytes: item.sizeBytes, inode: inode, isFolder: item.isFolder)
    let lower = path.lowercased()
    if let known = known.withLock({ $0[lower] }), known.stamp == stamp, known.entry.path == path {
      return known.entry
    }
    let real = (root ?? "") + path
    let id = identities.id(ofPath: lower, inode: inode) { old in
      // A deleted file's inode may come back for another one; a moved file keeps time and size.
      guard let before = known.withLock({ $0[old] }), before.stamp == stamp, let root else {
        return false
      }
      return DirectoryScan.item(at: root + before.entry.path) == nil
    }
    var revision = Fingerprint()
    revision.add(id)
    revision.add(item.modifiedSeconds)
    revision.add(item.modifiedNanoseconds)
    revision.add(item.sizeBytes)
    let entry = Entry(
      id: id, path: path, pathLower: lower,
      name: path.pathParts?.last ?? "",
      content: item.isFolder ? .folder : .file(path: real), revision: "0150" + revision.hex,
      sizeBytes: item.sizeBytes, modified: item.modifiedSeconds)
    known.withLock { $0[lower] = Known(stamp: stamp, entry: entry) }
    return entry
  }
}
