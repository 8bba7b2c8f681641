// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// Mouse, keyboard and finger.
extension Browser {
  /// Clicks the middle of the first element that matches, unless something else covers it.
  func click(_ selector: String) async throws {
    let point = try await run(
      """
      const element = document.querySelector(arguments[0]);
      if (!element) throw new Error('no element ' + arguments[0]);
      const box = () => element.getClientRects()[0] ?? (() => { throw new Error(arguments[0] + ' is not shown') })();
      const isInside = ({ left, top, right, bottom }) => left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
      if (!isInside(box())) element.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
      const { left, top, right, bottom } = box();
      const x = (Math.max(0, left) + Math.min(innerWidth, right)) / 2;
      const y = (Math.max(0, top) + Math.min(innerHeight, bottom)) / 2;
      const hit = document.elementFromPoint(x, y);
      if (!element.contains(hit)) throw new Error(arguments[0] + ' is covered by ' + hit?.outerHTML.slice(0, 200));
      return [x, y];
      """, .string(selector)
    ).array
    guard point.count == 2 else { throw BrowserError(message: "no place of \(selector)") }
    for (kind, button) in [
      ("mouseMoved", "none"), ("mousePressed", "left"), ("mouseReleased", "left"),
    ] {
      try await devTools(
        "Input.dispatchMouseEvent",
        [
          "type": .string(kind), "x": point[0], "y": point[1], "button": .string(button),
          "clickCount": .number(button == "left" ? 1 : 0),
        ])
    }
    await settle()
  }

  /// A key: what `KeyboardEvent.key` says, and what else identifies it to the browser.
  struct Key: ExpressibleByStringLiteral {
    let name: String
    let code: String
    /// The Windows virtual key code, which decides what the browser itself does.
    let number: Int
    /// What it writes.
    let text: String

    init(_ name: String, _ number: Int, text: String = "") {
      self.name = name
      code = name
      self.number = number
      self.text = text
    }

    init(stringLiteral character: String) {
      name = character
      text = character
      let upper = character.uppercased()
      let isLetter = character.count == 1 && character.allSatisfy(\.isLetter)
      code = isLetter ? "Key" + upper : ""
      number = isLetter ? Int(upper.utf8.first ?? 0) : 0
    }

    static let tab = Key("Tab", 9)
    static let escape = Key("Escape", 27)
    static let enter = Key("Enter", 13, text: "\r")
    static let control = Key("Control", 17)
    static let end = Key("End", 35)
    static let home = Key("Home", 36)
    static let left = Key("ArrowLeft", 37)
    static let up = Key("ArrowUp", 38)
    static let right = Key("ArrowRight", 39)
    static let down = Key("ArrowDown", 40)
  }

  /// Presses a key, with Control held down or not.
  func press(_ key: Key, withControl isControlled: Bool = false) async throws {
    await untilLoaded()
    if isControlled { try await send("rawKeyDown", .control, isControlled: true) }
    let isWritten = !key.text.isEmpty && !isControlled
    try await send(isWritten ? "keyDown" : "rawKeyDown", key, isControlled: isControlled)
    try await send("keyUp", key, isControlled: isControlled)
    if isControlled { try await send("keyUp", .control, isControlled: false) }
    await settle()
  }

  /// Presses the key that writes a character.
  func press(_ character: String) async throws { try await press(Key(stringLiteral: character)) }

  private func send(_ kind: String, _ key: Key, isControlled: Bool) async throws {
    var parameters: DevToolsPipe.Parameters = [
      "type": .string(kind), "key": .string(key.name), "code": .string(key.code),
      "windowsVirtualKeyCode": .number(Double(key.number)),
      "modifiers": .number(isControlled ? 2 : 0),
    ]
    if kind == "keyDown" { parameters["text"] = .string(key.text) }
    try await devTools("Input.dispatchKeyEvent", parameters)
  }

  /// Draws a finger from one point to another, or taps where both are the same; in CSS pixels.
  func touch(from: (x: Int, y: Int), to: (x: Int, y: Int)) async throws {
    func send(_ kind: String, _ point: (x: Int, y: Int)?) async throws {
      let points: [JSONValue] =
        point.map {
          [.object(["x": .number(Double($0.x)), "y": .number(Double($0.y))])]
        } ?? []
      try await devTools(
        "Input.dispatchTouchEvent", ["type": .string(kind), "touchPoints": .array(points)])
    }
    await untilLoaded()
    try await send("touchStart", from)
    if from != to {
      for part in 1...4 {
        try await send(
          "touchMove",
          (from.x + (to.x - from.x) * part / 4, from.y + (to.y - from.y) * part / 4))
      }
    }
    try await send("touchEnd", nil)
  }

  /// Lets the page begin what an event asked for, so that a navigation is known before the next command.
  private func settle() async {
    // A page that may run no script has no timers.
    _ = try? await evaluate(
      "new Promise((resolve) => { setTimeout(resolve); })", within: .seconds(2))
  }
}
