// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// The pages a person sees at the stand-in.
enum AuthorizeHTML {
  private static let sentences = [
    "account_info.read": "View your name and e-mail address",
    "files.metadata.read": "View the names of the files in its own folder",
    "files.content.read": "View the files in its own folder",
  ]

  /// - Parameter people: of whom one is chosen, the first one unless somebody chooses.
  static func page(app: String, scopes: [String], people: [Person]) -> String {
    let items = scopes.map { "<li>\(escaped(sentences[$0] ?? $0))</li>" }.joined()
    return document(
      title: "\(escaped(app)) would like access",
      """
      <p class="badge">A stand-in for Dropbox, on this machine only</p>
      <h1>\(escaped(app))</h1>
      <p>would like access to its own folder in the Dropbox of \(choice(of: people)). It may:</p>
      <ul>\(items)</ul>
      <form method="post" id="decision">
      <button id="deny" name="decision" value="deny">Deny</button>
      <button id="allow" name="decision" value="allow">Allow</button>
      </form>
      """)
  }

  /// Dropbox knows who sits before the screen; here they say so where there are several.
  private static func choice(of people: [Person]) -> String {
    guard people.count > 1 else { return "<strong>\(people.first?.name ?? "")</strong>" }
    let options = people.map { "<option value=\"\($0.id)\">\($0.name)</option>" }.joined()
    return #"<select id="person" name="person" form="decision" aria-label="Person">"#
      + options + "</select>"
  }

  static func problem(_ text: String) -> String {
    document(
      title: "This app made a mistake",
      """
      <p class="badge">A stand-in for Dropbox, on this machine only</p>
      <h1>This app made a mistake</h1>
      <p id="problem">\(escaped(text))</p>
      """)
  }

  private static func document(title: String, _ body: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(title)</title>
    <link rel="icon" href="data:,">
    <style>
    :root { color-scheme: light dark; --ink: #1e1919; --ground: #f7f5f2; --card: #fff; --blue: #0061fe }
    @media (prefers-color-scheme: dark) { :root { --ink: #f7f5f2; --ground: #161313; --card: #242020; --blue: #3984ff } }
    body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--ground);
      color: var(--ink); font: 17px/1.5 system-ui, sans-serif }
    main { box-sizing: border-box; width: min(30rem, 100vw); padding: 2.5rem; border-radius: 1rem;
      background: var(--card); box-shadow: 0 1rem 3rem #0002 }
    h1 { margin: .25rem 0 1rem; font-size: 1.6rem; line-height: 1.2 }
    ul { padding-left: 1.2rem }
    .badge { margin: 0; font-size: .8rem; opacity: .7 }
    form { display: flex; gap: .75rem; justify-content: flex-end; margin-top: 2rem }
    select { font: inherit; font-weight: 600 }
    button { font: inherit; font-weight: 600; padding: .6rem 1.6rem; border-radius: .6rem; cursor: pointer;
      border: 1px solid currentColor; background: none; color: inherit }
    #allow { background: var(--blue); border-color: var(--blue); color: #fff }
    button:focus-visible { outline: 3px solid var(--blue); outline-offset: 2px }
    </style>
    </head>
    <body><main>
    \(body)
    </main></body>
    </html>

    """
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text.unicodeScalars {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(character)
      }
    }
    return result
  }
}
