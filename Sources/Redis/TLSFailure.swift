// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CCurl
internal import EventLoop

/// Why there is no TLS with Redis, in words that say what to do about it.
enum TLSFailure {
  /// - Parameters:
  ///   - verification: of the certificate; 0 where it was not refused, or for its name.
  ///   - system: the error number of the call that failed, or 0.
  ///   - details: libcurl's own words.
  /// - Source: libcurl-errors(3), x509_vfy.h of OpenSSL.
  static func words(
    code: CURLcode, verification: Int, system: CInt, host: String, details: String
  ) -> String {
    switch (code, verification) {
    case (CURLE_PEER_FAILED_VERIFICATION, 0):
      "the certificate of Redis is not for the host \(host)"
    case (CURLE_PEER_FAILED_VERIFICATION, 9):
      "the certificate of Redis is not valid yet; or this host's clock is slow"
    case (CURLE_PEER_FAILED_VERIFICATION, 10):
      "the certificate of Redis has expired; or this host's clock is fast"
    case (CURLE_PEER_FAILED_VERIFICATION, 2), (CURLE_PEER_FAILED_VERIFICATION, 18...21):
      "the certificate of Redis is not signed by an authority that is trusted: see REDIS_CA_FILE"
    case (CURLE_SSL_CACERT_BADFILE, _):
      "the certificates of the authorities cannot be read: see REDIS_CA_FILE"
    case (CURLE_SSL_CERTPROBLEM, _):
      "the certificate to sign in with cannot be used: see REDIS_CERT_FILE and REDIS_KEY_FILE"
    case (CURLE_COULDNT_CONNECT, _) where system != 0:
      "\(SystemError(call: "connect", code: system))"
    case (CURLE_SSL_CONNECT_ERROR, _) where details.contains("wrong version number"):
      "Redis does not speak TLS at this port"
    case _ where details.contains("alert") && details.contains("certificate"):
      "Redis wants a certificate to sign in with: see REDIS_CERT_FILE, or tls-auth-clients of Redis"
    default:
      "TLS: \(details.isEmpty ? unsafe String(cString: curl_easy_strerror(code)) : details)"
    }
  }
}
