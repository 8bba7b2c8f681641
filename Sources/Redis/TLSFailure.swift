// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CCurl
internal import EventLoop

/// Describes why there is no TLS with Redis, and names what to look at.
struct TLSFailure {
  let names: RedisTLS.Names

  /// With TLS 1.3 a client that lacks a certificate learns it only afterwards, or by the line going dead.
  var hungUp: String {
    """
    Redis hung up after the TLS handshake; it may want a certificate to sign in with: \
    see \(names.certificate), or tls-auth-clients of Redis
    """
  }

  /// - Parameters:
  ///   - verification: of the certificate; 0 or 1 where it was not refused, or for its name.
  ///   - system: the error number of the call that failed, or 0.
  ///   - details: libcurl's own words.
  /// - Source: libcurl-errors(3), x509_vfy.h of OpenSSL.
  func words(
    code: CURLcode, verification: Int, system: CInt, host: String, details: String
  ) -> String {
    switch (code, verification) {
    case (CURLE_PEER_FAILED_VERIFICATION, 0...1):
      "the certificate of Redis is not for the host \(host)"
    case (CURLE_PEER_FAILED_VERIFICATION, 9):
      "the certificate of Redis is not valid yet; or this host's clock is slow"
    case (CURLE_PEER_FAILED_VERIFICATION, 10):
      "the certificate of Redis has expired; or this host's clock is fast"
    case (CURLE_PEER_FAILED_VERIFICATION, 2), (CURLE_PEER_FAILED_VERIFICATION, 18...21):
      "the certificate of Redis is not signed by an authority that is trusted: see \(names.authorities)"
    case (CURLE_SSL_CACERT_BADFILE, _):
      "the certificates of the authorities cannot be read: see \(names.authorities)"
    case (CURLE_SSL_CERTPROBLEM, _):
      "the certificate to sign in with cannot be used: see \(names.certificate) and \(names.key)"
    case (CURLE_COULDNT_CONNECT, _) where system != 0:
      "\(SystemError(call: "connect", code: system))"
    case (CURLE_SSL_CONNECT_ERROR, _) where details.contains("wrong version number"):
      "Redis does not speak TLS at this port"
    case _ where details.contains("alert") && details.contains("certificate"),
      _ where details.contains("getpeername"):
      hungUp
    default:
      "TLS: \(details.isEmpty ? unsafe String(cString: curl_easy_strerror(code)) : details)"
    }
  }
}
