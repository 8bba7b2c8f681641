// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CCurl

/// How libcurl says a transfer ended, kept for the log and for comparison.
///
/// - Source: libcurl-errors(3). The names are those of C without `CURLE_`.
public struct CurlCode: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  public let rawValue: UInt32

  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  init(_ code: CURLcode) {
    rawValue = code.rawValue
  }

  /// In `.interrupted`: what came begins unlike HTTP.
  public static let unsupportedProtocol = CurlCode(CURLE_UNSUPPORTED_PROTOCOL)
  public static let failedInit = CurlCode(CURLE_FAILED_INIT)
  /// The host has no address, or the resolver did not answer.
  public static let couldntResolveHost = CurlCode(CURLE_COULDNT_RESOLVE_HOST)
  public static let couldntConnect = CurlCode(CURLE_COULDNT_CONNECT)
  /// What came cannot be read as HTTP.
  public static let weirdServerReply = CurlCode(CURLE_WEIRD_SERVER_REPLY)
  public static let http2 = CurlCode(CURLE_HTTP2)
  /// Fewer bytes came than were announced.
  public static let partialFile = CurlCode(CURLE_PARTIAL_FILE)
  /// In `.unreachable`: the connect limit is over.
  public static let operationTimedout = CurlCode(CURLE_OPERATION_TIMEDOUT)
  public static let sslConnectError = CurlCode(CURLE_SSL_CONNECT_ERROR)
  /// The connection was closed before any byte of an answer.
  public static let gotNothing = CurlCode(CURLE_GOT_NOTHING)
  public static let sendError = CurlCode(CURLE_SEND_ERROR)
  public static let recvError = CurlCode(CURLE_RECV_ERROR)
  /// The server's certificate is not its own, or not signed by an authority we trust.
  public static let peerFailedVerification = CurlCode(CURLE_PEER_FAILED_VERIFICATION)
  /// The file of the certificate authorities cannot be read.
  public static let sslCACertBadfile = CurlCode(CURLE_SSL_CACERT_BADFILE)
  public static let http2Stream = CurlCode(CURLE_HTTP2_STREAM)

  /// libcurl's own sentence and the number, as in `Couldn't connect to server (7)`.
  public var description: String {
    unsafe "\(String(cString: curl_easy_strerror(CURLcode(rawValue)))) (\(rawValue))"
  }
}
