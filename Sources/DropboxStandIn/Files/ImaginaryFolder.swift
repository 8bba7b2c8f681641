// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// Files and folders with nothing on disk behind them, made once.
struct ImaginaryFolder: Sendable {
  private var children: [String: [Entry]] = [:]
  private var entries: [String: Entry] = [:]
  private let folder: String
  private let samples: [DirectoryItem]

  init(_ content: StandIn.AccountContent, _ identities: Identities) {
    let items = content.samples.flatMap { DirectoryScan.items(in: $0) } ?? []
    samples = items.filter { !$0.isFolder }.sorted { $0.name < $1.name }
    folder = content.samples ?? ""
    for number in stride(from: 1, through: content.syntheticPictures, by: 1) {
      let digits = String(number)
      let padding = String(repeating: "0", count: max(0, 6 - digits.utf8.count))
      add("/Picture \(padding)\(digits).jpg", identities)
    }
    for path in content.virtualPaths { add(path, identities) }
    for parent in children.keys {
      children[parent]?.sort { ($0.isFolder ? 0 : 1, $0.id) < ($1.isFolder ? 0 : 1, $1.id) }
    }
  }

  func children(of lower: String) -> [Entry] { children[lower] ?? [] }

  func entry(at lower: String) -> Entry? { entries[lower] }

  private mutating func add(_ path: String, _ identities: Identities) {
    var parent = ""
    let names = (path.pathParts ?? []).filter { !$0.isEmpty }
    for (depth, name) in names.enumerated() {
      let path = parent + "/" + name
      let lower = path.lowercased()
      if entries[lower] == nil {
        let entry = entry(name, path, isFolder: depth < names.count - 1, identities)
        entries[lower] = entry
        children[parent.lowercased(), default: []].append(entry)
      }
      parent = path
    }
  }

  private func nextFile() -> (content: Entry.Content, bytes: Int) {
    guard !samples.isEmpty else { return (.generated, GeneratedPicture.shared.data.count) }
    let sample = samples[entries.count % samples.count]
    return (.sample(path: folder + "/" + sample.name), sample.sizeBytes)
  }

  private func entry(
    _ name: String, _ path: String, isFolder: Bool, _ identities: Identities
  ) -> Entry {
    let lower = path.lowercased()
    let id = identities.id(ofPath: lower, inode: nil) { _ in false }
    var revision = Fingerprint()
    revision.add(id)
    let file = isFolder ? (content: .folder, bytes: 0) : nextFile()
    return Entry(
      id: id, path: path, pathLower: lower, name: name, content: file.content,
      revision: "0160" + revision.hex, sizeBytes: file.bytes,
      modified: 1_750_000_000 + Int(truncatingIfNeeded: revision.value % 20_000_000))
  }
}
