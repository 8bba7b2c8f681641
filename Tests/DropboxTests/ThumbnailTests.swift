// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Dropbox

struct ThumbnailTests {
  @Test(arguments: [
    ([0xFF, 0xD8, 0xFF, 0xE0], ImageFormat.jpeg),
    ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0], .png),
    (Array("RIFF\0\0\0\0WEBPVP8 ".utf8), .webp), (Array("RIFF\0\0\0\0WAVE".utf8), nil),
    (Array("RIFF".utf8), nil), (Array("<!DOCTYPE html>".utf8), nil), (Array("GIF89a".utf8), nil),
    ([0xFF, 0xD8], nil), ([], nil),
  ])
  func `a picture is known by its first bytes`(bytes: [UInt8], format: ImageFormat?) {
    #expect(ImageFormat(startOf: bytes) == format)
  }

  @Test(arguments: [
    (#"{"file_metadata":{"name":"\u00dc","rev":"0161a2b3c"}}"#, "0161a2b3c"),
    (#"{"rev":"0161a2b3c"}"#, nil), (#"{"file_metadata":{"rev":"XYZ"}}"#, nil),
    (#"{"file_metadata":{}}"#, nil), ("", nil), ("null", nil), ("{", nil),
  ])
  func `the state of the file is in the answer's header`(header: String, rev: String?) {
    #expect(Thumbnail.rev(inResult: header)?.value == rev)
  }

  @Test func `formats have their media types`() {
    #expect(ImageFormat.allCases.map(\.mediaType) == ["image/jpeg", "image/png", "image/webp"])
  }
}
