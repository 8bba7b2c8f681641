// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// Somebody whose Dropbox the stand-in plays. Ben is there when he has a folder.
public enum Person: String, CaseIterable, Sendable {
  case ana
  case ben

  /// As Dropbox shows it.
  public var name: String { "\(names.given) \(names.surname)" }

  private var names: (given: String, surname: String) {
    switch self {
    case .ana: ("Ana", "Li")
    case .ben: ("Ben", "Oduya")
    }
  }

  /// `dbid:` and 35 characters.
  var accountID: String {
    switch self {
    case .ana: "dbid:AADananaLiExampleAccount00000000000"
    case .ben: "dbid:AADbenbenOduyaExampleAccount0000000"
    }
  }

  /// The older number of an account, which comes with its tokens.
  var uid: String {
    switch self {
    case .ana: "4711"
    case .ben: "4712"
    }
  }

  /// The FullAccount of `users/get_current_account`.
  var account: JSON {
    [
      "account_id": .string(accountID),
      "name": [
        "given_name": .string(names.given), "surname": .string(names.surname),
        "familiar_name": .string(names.given), "display_name": .string(name),
        "abbreviated_name": .string(String(names.given.prefix(1) + names.surname.prefix(1))),
      ],
      "email": .string("\(rawValue)@example.com"),
      "email_verified": true,
      "disabled": false,
      "country": "AT",
      "locale": "en",
      "referral_link": "https://www.dropbox.com/referrals/EXAMPLE",
      "is_paired": false,
      "account_type": [".tag": "basic"],
      "root_info": [".tag": "user", "root_namespace_id": "11", "home_namespace_id": "11"],
    ]
  }
}
