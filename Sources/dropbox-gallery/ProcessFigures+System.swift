// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Gallery
import Glibc

/// What Linux tells of the process itself. Something that cannot be read is 0: others still want the rest.
///
/// - Source: proc(5), getrusage(2).
extension ProcessFigures {
  mutating func readSystem() {
    let pages = Self.words(of: "/proc/self/statm").dropFirst().first.flatMap { Int($0) } ?? 0
    residentMemory = pages * sysconf(Int32(_SC_PAGESIZE))
    let descriptors = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
    openDescriptors = descriptors?.count ?? 0
    var usage = rusage()
    guard unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return }
    processorSeconds = Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime)
  }

  /// When the process began, by the wall clock of now.
  static func systemStartTime() -> Double {
    // The name of the program, in parentheses, may hold spaces.
    let text = String(decoding: contents(of: "/proc/self/stat"), as: UTF8.self)
    let fields = (text.split(separator: ")").last ?? "").split(separator: " ")
    let up = words(of: "/proc/uptime").first.flatMap { Double($0) }
    let now = Date().timeIntervalSince1970
    guard let up, fields.count > 19, let ticks = Double(fields[19]) else { return now }
    return now - up + ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1e6
  }

  private static func words(of path: String) -> [Substring] {
    String(decoding: contents(of: path), as: UTF8.self).split(whereSeparator: \.isWhitespace)
  }

  private static func contents(of path: String) -> Data {
    FileManager.default.contents(atPath: path) ?? Data()
  }
}
