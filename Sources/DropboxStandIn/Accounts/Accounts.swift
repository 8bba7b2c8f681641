// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The accounts that exist, in the order they were added.
final class Accounts: Sendable {
  private let accounts = Mutex<[StandIn.Account]>([])

  subscript(person: Person) -> StandIn.Account? {
    accounts.withLock { $0.first { $0.person == person } }
  }

  subscript(personID id: String) -> StandIn.Account? {
    accounts.withLock { $0.first { $0.person.id == id } }
  }

  var all: [StandIn.Account] { accounts.withLock { $0 } }

  var people: [Person] { all.map(\.person) }

  /// Replaces the account of the same person.
  func add(_ account: StandIn.Account) {
    accounts.withLock { accounts in
      accounts.removeAll { $0.person == account.person }
      accounts.append(account)
    }
  }

  func remove(_ person: Person) {
    let removed = accounts.withLock { accounts -> [StandIn.Account] in
      defer { accounts.removeAll { $0.person == person } }
      return accounts.filter { $0.person == person }
    }
    for account in removed { account.stop() }
  }
}
