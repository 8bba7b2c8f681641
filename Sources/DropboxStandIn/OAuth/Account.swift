// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// The one person whose Dropbox the stand-in plays.
enum Account {
  /// `dbid:` and 35 characters.
  static let id = "dbid:AADananaLiExampleAccount00000000000"

  /// The FullAccount of `users/get_current_account`.
  static let full: JSON = [
    "account_id": .string(id),
    "name": [
      "given_name": "Ana", "surname": "Li", "familiar_name": "Ana", "display_name": "Ana Li",
      "abbreviated_name": "AL",
    ],
    "email": "ana@example.com",
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
