// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import CGD
import Foundation

/// A decoded picture of libgd. EXIF orientation is not applied.
@safe struct Picture: ~Copyable {
  private let image: gdImagePtr

  /// libgd writes to standard error what is wrong with a picture; a route says it in its answer.
  private static let isQuiet: Void = unsafe gdSetErrorMethod { _, _, _ in }

  private init(adopting image: gdImagePtr) {
    unsafe self.image = unsafe image
  }

  deinit { unsafe gdImageDestroy(image) }

  var width: Int { Int(unsafe image.pointee.sx) }
  var height: Int { Int(unsafe image.pointee.sy) }

  /// Decodes a file by what its name says it is: jpg, jpeg, png, gif, webp, bmp, tif, tiff.
  init(decoding data: Data, fileExtension: String) throws(ThumbnailFailure) {
    Self.isQuiet
    guard let count = Int32(exactly: data.count) else { throw .unsupportedImage }
    var data = data
    let image = unsafe data.withUnsafeMutableBytes { bytes -> gdImagePtr? in
      let start = bytes.baseAddress
      return switch fileExtension {
      case "jpg", "jpeg": unsafe gdImageCreateFromJpegPtrEx(count, start, 1)
      case "png": unsafe gdImageCreateFromPngPtr(count, start)
      case "gif": unsafe gdImageCreateFromGifPtr(count, start)
      case "webp": unsafe gdImageCreateFromWebpPtr(count, start)
      case "bmp": unsafe gdImageCreateFromBmpPtr(count, start)
      case "tif", "tiff": unsafe gdImageCreateFromTiffPtr(count, start)
      default: nil
      }
    }
    guard let image = unsafe image else { throw .conversionError }
    unsafe self.init(adopting: image)
  }

  /// A blank picture in true colour.
  init(width: Int, height: Int) throws(ThumbnailFailure) {
    guard let width = Int32(exactly: width), let height = Int32(exactly: height),
      let image = unsafe gdImageCreateTrueColor(width, height)
    else { throw .conversionError }
    unsafe self.init(adopting: image)
  }

  /// A copy of another size, area-averaged.
  func scaled(width: Int, height: Int) throws(ThumbnailFailure) -> Picture {
    guard width > 0, height > 0, let across = UInt32(exactly: width),
      let down = UInt32(exactly: height)
    else { throw .conversionError }
    unsafe gdImageSetInterpolationMethod(image, GD_TRIANGLE)
    guard let scaled = unsafe gdImageScale(image, across, down) else { throw .conversionError }
    return unsafe Picture(adopting: scaled)
  }

  /// The picture over white, for formats without transparency.
  func flattened() throws(ThumbnailFailure) -> Picture {
    let flat = try Picture(width: width, height: height)
    unsafe gdImageFilledRectangle(
      flat.image, 0, 0, Int32(width - 1), Int32(height - 1), 0xFFFFFF)
    unsafe gdImageAlphaBlending(flat.image, 1)
    unsafe gdImageCopy(flat.image, image, 0, 0, 0, 0, Int32(width), Int32(height))
    return flat
  }

  func fill(x: Int, y: Int, width: Int, height: Int, rgb: Int32) {
    unsafe gdImageFilledRectangle(
      image, Int32(x), Int32(y), Int32(x + width - 1), Int32(y + height - 1), rgb)
  }

  func encoded(as format: ThumbnailRequest.Format) throws(ThumbnailFailure) -> Data {
    var count: Int32 = 0
    unsafe gdImageSaveAlpha(image, 1)
    let bytes: UnsafeMutableRawPointer? =
      switch format {
      case .jpeg: unsafe gdImageJpegPtr(image, &count, 82)
      case .png: unsafe gdImagePngPtr(image, &count)
      case .webp: unsafe gdImageWebpPtrEx(image, &count, 80)
      }
    guard let bytes = unsafe bytes else { throw .conversionError }
    defer { unsafe gdFree(bytes) }
    return unsafe Data(bytes: bytes, count: Int(count))
  }
}
