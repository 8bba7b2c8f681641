// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// What `rediss` needs beside the address. All three are the text of PEM files.
public struct RedisTLS: Sendable {
  /// The authorities that are trusted instead of the host's.
  public var authorities: String?
  /// The certificate by which this client signs in, where Redis asks for one, and its key.
  public var certificate: String?
  public var key: String?
  /// How messages about a failed handshake name these three.
  public var names = Names()

  /// Where an operator finds what is wrong, such as the names of settings.
  public struct Names: Sendable {
    public var authorities = "the certificate authorities"
    public var certificate = "the client certificate"
    public var key = "its key"

    public init() {}
  }

  public init() {}
}
