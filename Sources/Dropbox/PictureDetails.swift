// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// What Dropbox knows of one picture, beyond a line of a list.
///
/// - Source: `files/get_metadata` with `include_media_info`; unions `MediaInfo` and `MediaMetadata`.
public struct PictureDetails: Sendable, Hashable {
  public let file: FileEntry
  /// Pixels, as the picture lies in the file; nil when Dropbox does not say.
  public let width: Int?
  public let height: Int?
  /// When the camera says that it was taken.
  public let taken: UnixTime?
  /// Dropbox has not looked into the file yet: asked later, it may say more.
  public let isPending: Bool
}

extension PictureDetails: Decodable {
  private enum Key: String, CodingKey {
    case mediaInfo = "media_info"
    case tag = ".tag"
    case metadata, dimensions, width, height
    case timeTaken = "time_taken"
  }

  /// Throws where there is no file; what the media information lacks or garbles is absent.
  public init(from decoder: any Decoder) throws {
    file = try FileEntry(from: decoder)
    let info = try? decoder.container(keyedBy: Key.self)
      .nestedContainer(keyedBy: Key.self, forKey: .mediaInfo)
    isPending = (try? info?.decode(String.self, forKey: .tag)) == "pending"
    let metadata = try? info?.nestedContainer(keyedBy: Key.self, forKey: .metadata)
    let size = try? metadata?.nestedContainer(keyedBy: Key.self, forKey: .dimensions)
    width = Self.side(try? size?.decode(Int.self, forKey: .width))
    height = Self.side(try? size?.decode(Int.self, forKey: .height))
    taken = (try? metadata?.decode(String.self, forKey: .timeTaken))
      .flatMap(UnixTime.init(parsing:))
  }

  private static func side(_ number: Int?) -> Int? {
    number.flatMap { 1...1_000_000 ~= $0 ? $0 : nil }
  }
}
