// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import DropboxStandIn

struct ThumbnailsTests {
  private typealias Mode = ThumbnailRequest.Mode

  @Test(
    arguments: [
      (.strict, .w480h320, 4000, 3000, 427, 320), (.strict, .w480h320, 3000, 4000, 240, 320),
      (.bestfit, .w480h320, 4000, 3000, 427, 320), (.bestfit, .w480h320, 3000, 4000, 320, 427),
      (.fitoneBestfit, .w480h320, 4000, 3000, 480, 360),
      (.fitoneBestfit, .w480h320, 3000, 4000, 360, 480),
      (.original, .w32h32, 4000, 3000, 4000, 3000), (.strict, .w2048h1536, 100, 50, 100, 50),
      (.fitoneBestfit, .w2048h1536, 100, 50, 100, 50), (.strict, .w32h32, 1, 30_000, 1, 32),
      (.bestfit, .w32h32, 30_000, 1, 32, 1), (.strict, .w64h64, 64, 64, 64, 64),
      (.strict, .w64h64, 0, 0, 0, 0), (.fitoneBestfit, .w32h32, .max, .max, 32, 32),
    ] as [(ThumbnailRequest.Mode, ThumbnailRequest.Size, Int, Int, Int, Int)])
  func `a picture keeps its shape and never grows`(
    mode: ThumbnailRequest.Mode, size: ThumbnailRequest.Size, width: Int, height: Int, across: Int,
    down: Int
  ) {
    let fitted = ThumbnailRequest(size: size, mode: mode).fitted(width: width, height: height)
    #expect(fitted == (across, down))
  }

  /// Pictures of a folder of the test's own, by the stand-in's own routes.
  private struct Album {
    let folder: TemporaryFolder
    let bench: Bench

    init() throws {
      folder = try TemporaryFolder()
      bench = Bench(StandIn.Options(photos: folder.path))
    }

    func add(_ name: String, width: Int, height: Int, _ format: ThumbnailRequest.Format) throws {
      let picture = try Picture(width: width, height: height)
      picture.fill(x: 0, y: 0, width: width, height: height, rgb: 0x336699)
      try folder.write(try picture.encoded(as: format), to: name)
    }

    func thumbnail(
      _ name: String, size: String, format: String = "jpeg", mode: String = "strict"
    ) async throws(ThumbnailFailure) -> Data {
      guard let entry = bench.api.folder.entry(at: "/" + name),
        let size = ThumbnailRequest.Size(rawValue: size),
        let format = ThumbnailRequest.Format(rawValue: format),
        let mode = ThumbnailRequest.Mode(rawValue: mode)
      else { throw .unsupportedImage }
      return try await bench.api.thumbnails.thumbnail(
        of: entry, ThumbnailRequest(format: format, size: size, mode: mode))
    }
  }

  @Test func `synthetic pictures show the samples in turns`() async throws {
    let samples = try Album()
    try samples.add("a.jpg", width: 64, height: 48, .jpeg)
    try samples.add("b.jpg", width: 100, height: 50, .jpeg)
    var content = StandIn.AccountContent()
    content.syntheticPictures = 3
    content.samples = samples.folder.path
    let folder = AppFolder(content)
    var files: [Data?] = []
    for number in 1...3 {
      let entry = try #require(folder.entry(at: "/Picture 00000\(number).jpg"))
      guard case .sample(let path) = entry.content else { throw TestFailure("no sample") }
      files.append(FileManager.default.contents(atPath: path))
      #expect(entry.sizeBytes == files.last??.count)
      #expect(folder.hash(of: entry) == ContentHash.text(ofFile: path))
    }
    #expect(files[0] != files[1])
    #expect(files[0] == files[2])
  }

  @Test(arguments: [("jpeg", "jpg"), ("png", "png"), ("webp", "webp")])
  func `a thumbnail is a picture of the asked kind and size`(
    format: String, ending: String
  ) async throws {
    let album = try Album()
    for (name, kind) in [
      ("a.jpg", ThumbnailRequest.Format.jpeg), ("b.png", .png), ("c.webp", .webp),
    ] {
      try album.add(name, width: 400, height: 200, kind)
      for (size, mode, width, height) in [
        ("w32h32", "strict", 32, 16), ("w128h128", "fitone_bestfit", 256, 128),
        ("w2048h1536", "bestfit", 400, 200), ("w64h64", "original", 400, 200),
      ] {
        let data = try await album.thumbnail(name, size: size, format: format, mode: mode)
        let picture = try Picture(decoding: data, fileExtension: ending)
        #expect(picture.width == width)
        #expect(picture.height == height)
      }
    }
  }

  @Test func `a picture that changed gets another thumbnail`() async throws {
    let album = try Album()
    try album.add("a.png", width: 400, height: 200, .png)
    let before = try await album.thumbnail("a.png", size: "w32h32", format: "png")
    #expect(try await album.thumbnail("a.png", size: "w32h32", format: "png") == before)
    try album.add("a.png", width: 200, height: 400, .png)
    let after = try await album.thumbnail("a.png", size: "w32h32", format: "png")
    let picture = try Picture(decoding: after, fileExtension: "png")
    #expect((picture.width, picture.height) == (16, 32))
  }

  @Test(
    arguments: [
      ("empty.jpg", .conversionError), ("empty.png", .conversionError),
      ("empty.gif", .conversionError), ("empty.webp", .conversionError),
      ("empty.bmp", .conversionError), ("empty.tiff", .conversionError),
      ("photo.heic", .unsupportedExtension), ("notes.txt", .unsupportedExtension),
      ("jpg", .unsupportedExtension), (".jpg", .conversionError), ("a.", .unsupportedExtension),
    ] as [(String, ThumbnailFailure)])
  func `what is no picture has no thumbnail`(name: String, failure: ThumbnailFailure) async throws {
    let album = try Album()
    for bytes in [[], Array("no picture at all".utf8), [0xFF, 0xD8, 0xFF, 0xE0]] as [[UInt8]] {
      try album.folder.write(bytes, to: name)
      let error = await #expect(throws: ThumbnailFailure.self) {
        try await album.thumbnail(name, size: "w64h64")
      }
      #expect(error == failure)
    }
  }

  @Test func `a picture that ends too early takes nobody along`() async throws {
    let album = try Album()
    for (ending, format) in [("jpg", ThumbnailRequest.Format.jpeg), ("png", .png), ("webp", .webp)]
    {
      try album.add("whole.\(ending)", width: 64, height: 64, format)
      let whole = try Data(
        contentsOf: URL(fileURLWithPath: album.folder.path(of: "whole.\(ending)")))
      for count in stride(from: 1, to: whole.count, by: max(1, whole.count / 20)) {
        try album.folder.write(whole.prefix(count), to: "cut.\(ending)")
        // libgd draws what there is of some; either way is good.
        _ = try? await album.thumbnail("cut.\(ending)", size: "w32h32")
      }
    }
    #expect(try await album.thumbnail("whole.png", size: "w32h32").isEmpty == false)
  }
}
