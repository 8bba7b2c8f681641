// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// The owner of a Dropbox account at the stand-in.
public struct Person: Hashable, Sendable {
  /// The value of the field `person` on the authorize page, and the local part of the e-mail address.
  public let id: String
  public let givenName: String
  public let surname: String
  /// `dbid:` and 35 characters.
  let accountID: String
  /// The older number of an account, which comes with its tokens.
  let uid: String

  /// - Parameter id: 1 to 20 lower-case ASCII letters or digits, unique in a stand-in.
  public init(id: String, givenName: String, surname: String) {
    self.id = id
    self.givenName = givenName
    self.surname = surname
    let start = "AAD\(id)Account"
    accountID = "dbid:" + start + String(repeating: "0", count: max(0, 35 - start.utf8.count))
    var fingerprint = Fingerprint()
    fingerprint.add(id)
    uid = String(10_000 + fingerprint.value % 1_000_000_000)
  }

  private init(
    id: String, givenName: String, surname: String, accountID: String, uid: String
  ) {
    self.id = id
    self.givenName = givenName
    self.surname = surname
    self.accountID = accountID
    self.uid = uid
  }

  public static let ana = Person(
    id: "ana", givenName: "Ana", surname: "Li",
    accountID: "dbid:AADananaLiExampleAccount00000000000", uid: "4711")
  public static let ben = Person(
    id: "ben", givenName: "Ben", surname: "Oduya",
    accountID: "dbid:AADbenbenOduyaExampleAccount0000000", uid: "4712")

  /// As Dropbox shows it.
  public var name: String { "\(givenName) \(surname)" }

  /// The FullAccount of `users/get_current_account`.
  var account: JSON {
    [
      "account_id": .string(accountID),
      "name": [
        "given_name": .string(givenName), "surname": .string(surname),
        "familiar_name": .string(givenName), "display_name": .string(name),
        "abbreviated_name": .string(String(givenName.prefix(1) + surname.prefix(1))),
      ],
      "email": .string("\(id)@example.com"),
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
