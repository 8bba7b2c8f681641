// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// The person who allowed the app to read.
///
/// - Source: `users/get_current_account`, `FullAccount`.
public struct Account: Sendable, Hashable {
  public let id: AccountID
  /// As the person writes their name; 1…1024 bytes of any text.
  public let displayName: String
}

extension Account: Decodable {
  private enum Key: String, CodingKey {
    case id = "account_id"
    case name
  }

  private struct Name: Decodable {
    let displayName: String

    enum CodingKeys: String, CodingKey {
      case displayName = "display_name"
    }
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    guard let id = AccountID(try fields.decode(String.self, forKey: .id)) else {
      throw DecodingError.dataCorruptedError(
        forKey: .id, in: fields, debugDescription: "no account id")
    }
    let name = try fields.decode(Name.self, forKey: .name).displayName
    guard 1...1024 ~= name.utf8.count else {
      throw DecodingError.dataCorruptedError(
        forKey: .name, in: fields, debugDescription: "a name of \(name.utf8.count) bytes")
    }
    self.init(id: id, displayName: name)
  }
}

enum CurrentAccount {
  static let endpoint = Endpoint<NoArguments, Account>(route: "users/get_current_account")
}

extension AccountClient {
  /// The person whose account this is.
  ///
  /// - Source: `users/get_current_account`; scope `account_info.read`.
  public func currentAccount() async throws(Tokens.Failure) -> Account {
    try await send(CurrentAccount.endpoint, NoArguments())
  }
}
