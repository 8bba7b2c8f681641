// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// The eight bytes before each record's content.
///
/// - Source: FastCGI specification 1.0, section 3.3.
struct RecordHeader: Equatable {
  static let byteCount = 8

  var kind: UInt8
  var requestID: UInt16
  var contentLength: UInt16
  var paddingLength: UInt8 = 0

  init(kind: RecordKind, requestID: UInt16, contentLength: UInt16) {
    self.kind = kind.rawValue
    self.requestID = requestID
    self.contentLength = contentLength
  }

  /// - Returns: nil for another version than 1.
  init?(_ bytes: [8 of UInt8]) {
    guard bytes[0] == 1 else { return nil }
    kind = bytes[1]
    requestID = UInt16(bytes[2]) << 8 | UInt16(bytes[3])
    contentLength = UInt16(bytes[4]) << 8 | UInt16(bytes[5])
    paddingLength = bytes[6]
  }

  func append(to bytes: inout [UInt8]) {
    bytes.append(1)
    bytes.append(kind)
    bytes.append(UInt8(requestID >> 8))
    bytes.append(UInt8(requestID & 0xff))
    bytes.append(UInt8(contentLength >> 8))
    bytes.append(UInt8(contentLength & 0xff))
    bytes.append(paddingLength)
    bytes.append(0)
  }
}

/// What a record is for.
///
/// - Source: FastCGI specification 1.0, section 8.
enum RecordKind: UInt8 {
  case beginRequest = 1
  case abortRequest = 2
  case endRequest = 3
  case parameters = 4
  case standardInput = 5
  case standardOutput = 6
  case standardError = 7
  case data = 8
  case getValues = 9
  case getValuesResult = 10
  case unknownType = 11
}

/// Why a request was ended, as the last record of it says.
///
/// - Source: FastCGI specification 1.0, section 5.5.
enum ProtocolStatus: UInt8 {
  case requestComplete = 0
  case cannotMultiplexConnection = 1
  case overloaded = 2
  case unknownRole = 3

  /// An `END_REQUEST` record.
  func endRequest(_ requestID: UInt16) -> [UInt8] {
    var bytes: [UInt8] = []
    RecordHeader(kind: .endRequest, requestID: requestID, contentLength: 8).append(to: &bytes)
    bytes += [0, 0, 0, 0, rawValue, 0, 0, 0]
    return bytes
  }
}
