// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// The door of the house: collects the records of one request, and lets nothing through that libfcgi would stumble over.
///
/// libfcgi 2.4.2 can be made to abort by a record of 35 bytes, overflows a buffer when asked for values, takes
/// cut-off parameters for whole ones, and starts the next request wherever the last one stopped reading
/// (see the decision "libfcgi behind a door"). So it is given one whole request at a time: `BEGIN_REQUEST`,
/// `PARAMS` and `STDIN` records of one id, each stream ended, without padding.
///
/// Pure: bytes in, records and answers out.
///
/// - Source: FastCGI specification 1.0.
struct RequestRecords {
  /// Why a connection is not worth reading on.
  enum Refusal: Error, Equatable {
    case unsupportedVersion
    case unexpectedRecord(kind: UInt8)
    case malformedRecord(kind: UInt8)
    case parametersTooLarge
    case malformedParameters
    case unknownRole(UInt16)
    case aborted
  }

  /// How far a request has come.
  enum Stage: Equatable {
    case idle, parameters, body, complete
  }

  private struct Limits {
    let parameters: Int
    let body: Int
    let drained: Int
    let requestsAtOnce: Int
  }

  private enum Use {
    case begin, parameters, body, values, skip
  }

  /// The records for libfcgi; whole once `stage` is `complete`.
  private(set) var records: [UInt8] = []
  /// Answers that management records and attempts to multiplex ask for; to be sent and emptied by the caller.
  var replies: [UInt8] = []
  private(set) var stage = Stage.idle
  private(set) var requestID: UInt16 = 0
  /// Whether the web server wants to use the connection again.
  private(set) var keepsConnection = false
  /// Bytes of the body that arrived, kept or not.
  private(set) var bodyBytes = 0
  /// Whether the body was longer than the limit: then none of it is kept.
  private(set) var isBodyTooLarge = false
  /// Whether bytes of this request are still to come although it is complete.
  private(set) var isCutShort = false

  private let limits: Limits
  private var header: [8 of UInt8] = .init(repeating: 0)
  private var headerCount = 0
  private var use = Use.skip
  private var contentLeft = 0
  private var paddingLeft = 0
  private var collected: [UInt8] = []
  private var parameterBytes = 0
  private var headCount = 0
  private var pairs = NameValueLengths()

  init(limits: FastCGI.Limits) {
    self.limits = Limits(
      parameters: limits.parameterBytes, body: limits.bodyBytes, drained: limits.drainedBytes,
      requestsAtOnce: limits.inFlight)
  }

  /// Takes bytes in until the request is complete.
  ///
  /// - Returns: how many bytes were taken; the rest belongs to the next request.
  mutating func consume(_ bytes: Span<UInt8>) throws(Refusal) -> Int {
    var index = 0
    while index < bytes.count, stage != .complete {
      if headerCount < RecordHeader.byteCount {
        header[headerCount] = bytes[index]
        headerCount += 1
        index += 1
        if headerCount == RecordHeader.byteCount { try begin() }
      } else if contentLeft > 0 {
        let count = min(contentLeft, bytes.count - index)
        contentLeft -= count
        try take(bytes.extracting(index..<(index + count)))
        index += count
      } else {
        let count = min(paddingLeft, bytes.count - index)
        paddingLeft -= count
        index += count
      }
      if headerCount == RecordHeader.byteCount, contentLeft == 0, paddingLeft == 0 {
        try endRecord()
      }
    }
    return index
  }

  /// Whether no byte of a request has come yet.
  var isUntouched: Bool { stage == .idle && headerCount == 0 }

  /// Gives the memory of `records` back; what they said stays known.
  mutating func forgetBytes() {
    records = []
    collected = []
  }

  // MARK: One record

  private mutating func begin() throws(Refusal) {
    guard let record = RecordHeader(header) else { throw .unsupportedVersion }
    contentLeft = Int(record.contentLength)
    paddingLeft = Int(record.paddingLength)
    use = try use(of: record)
    switch use {
    case .parameters:
      parameterBytes += contentLeft
      guard parameterBytes <= limits.parameters else { throw .parametersTooLarge }
    case .begin:
      guard contentLeft == 8 else { throw .malformedRecord(kind: record.kind) }
    case .values:
      guard contentLeft <= ManagementRecord.limit else {
        throw .malformedRecord(kind: record.kind)
      }
    case .body, .skip: break
    }
    if use == .parameters || use == .body, contentLeft > 0, !isBodyTooLarge {
      RecordHeader(
        kind: use == .body ? .standardInput : .parameters, requestID: requestID,
        contentLength: record.contentLength
      ).append(to: &records)
    }
  }

  private func use(of record: RecordHeader) throws(Refusal) -> Use {
    if record.requestID == 0 { return .values }
    let kind = RecordKind(rawValue: record.kind)
    if kind == .beginRequest, stage == .idle || record.requestID != requestID { return .begin }
    if stage == .idle {
      // php-fpm met web servers that send an empty record late; a full one would be somebody's body.
      guard record.contentLength == 0 else { throw .unexpectedRecord(kind: record.kind) }
      return .skip
    }
    guard record.requestID == requestID else { return .skip }
    switch (kind, stage) {
    case (.parameters, .parameters): return .parameters
    case (.standardInput, .body): return .body
    case (.abortRequest, _): throw .aborted
    default: throw .unexpectedRecord(kind: record.kind)
    }
  }

  private mutating func take(_ bytes: Span<UInt8>) throws(Refusal) {
    switch use {
    case .skip: break
    case .begin, .values: collected.append(copying: bytes)
    case .parameters:
      guard pairs.consume(bytes, limit: limits.parameters) else { throw .malformedParameters }
      records.append(copying: bytes)
    case .body: takeBody(bytes)
    }
  }

  private mutating func takeBody(_ bytes: Span<UInt8>) {
    bodyBytes += bytes.count
    if bodyBytes > limits.body, !isBodyTooLarge {
      isBodyTooLarge = true
      records.removeSubrange(headCount...)
    }
    guard isBodyTooLarge else { return records.append(copying: bytes) }
    if bodyBytes > limits.body + limits.drained {
      isCutShort = true
      complete()
    }
  }

  private mutating func endRecord() throws(Refusal) {
    guard let record = RecordHeader(header) else { throw .unsupportedVersion }
    let isEnd = record.contentLength == 0
    switch use {
    case .begin: try beginRequest(record)
    case .values: answer(record)
    case .parameters where isEnd: try endParameters()
    case .body where isEnd: complete()
    case .parameters, .body, .skip: break
    }
    collected.removeAll(keepingCapacity: true)
    headerCount = 0
  }

  // MARK: What records mean

  private mutating func beginRequest(_ record: RecordHeader) throws(Refusal) {
    guard stage == .idle else {
      replies += ProtocolStatus.cannotMultiplexConnection.endRequest(record.requestID)
      return
    }
    let role = UInt16(collected[0]) << 8 | UInt16(collected[1])
    guard role == 1 else {
      replies += ProtocolStatus.unknownRole.endRequest(record.requestID)
      throw .unknownRole(role)
    }
    requestID = record.requestID
    keepsConnection = collected[2] & 1 != 0
    stage = .parameters
    RecordHeader(kind: .beginRequest, requestID: requestID, contentLength: 8).append(to: &records)
    records += collected
  }

  private mutating func endParameters() throws(Refusal) {
    guard pairs.isAtBoundary else { throw .malformedParameters }
    RecordHeader(kind: .parameters, requestID: requestID, contentLength: 0).append(to: &records)
    headCount = records.count
    stage = .body
  }

  private mutating func complete() {
    RecordHeader(kind: .standardInput, requestID: requestID, contentLength: 0).append(to: &records)
    stage = .complete
  }

  private mutating func answer(_ record: RecordHeader) {
    replies += ManagementRecord.answer(
      kind: record.kind, content: collected, requestsAtOnce: limits.requestsAtOnce)
  }
}
