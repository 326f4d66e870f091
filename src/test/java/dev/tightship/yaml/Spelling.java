package dev.tightship.yaml;

/** Other ways to store a text, which call for the same edit. */
enum Spelling {
  WITH_CRLF {
    @Override
    String of(String text) {
      return text.replace("\n", "\r\n");
    }
  },
  WITH_LONE_CR {
    @Override
    String of(String text) {
      return text.replace('\n', '\r');
    }
  },
  WITHOUT_LAST_LINE_BREAK {
    @Override
    String of(String text) {
      int last = text.endsWith("\r\n") ? 2 : text.endsWith("\n") ? 1 : 0;
      return text.substring(0, text.length() - last);
    }

    @Override
    boolean fits(String before, String after) {
      // a line break that belongs to a value, or blank lines, cannot go without a change of meaning
      return endsOnce(before) && endsOnce(after);
    }

    private boolean endsOnce(String text) {
      return text.endsWith("\n")
          && !text.endsWith("\n\n")
          && !Reached.read(of(text)).endsInBlockText()
          && Reached.data(text).equals(Reached.data(of(text)));
    }
  },
  WITH_BYTE_ORDER_MARK {
    @Override
    String of(String text) {
      return "\ufeff" + text;
    }
  },
  BEHIND_A_DOCUMENT_START {
    @Override
    String of(String text) {
      return "---\n" + text;
    }

    @Override
    boolean fits(String before, String after) {
      boolean empty = Reached.read(before).documents().isEmpty();
      return !empty && !before.startsWith("%") && !before.contains("---");
    }
  },
  BEHIND_ASTRAL_CHARACTERS {
    @Override
    String of(String text) {
      return "# \ud83d\ude80\ud83d\udef3\n\n" + text;
    }

    @Override
    boolean fits(String before, String after) {
      return !before.startsWith("%");
    }
  },
  BEFORE_BLANK_LINES {
    @Override
    String of(String text) {
      return text + "\n  \n";
    }

    @Override
    boolean fits(String before, String after) {
      return before.endsWith("\n") && after.endsWith("\n") && same(before) && same(after);
    }

    private boolean same(String text) {
      return Reached.data(text).equals(Reached.data(of(text)));
    }
  };

  abstract String of(String text);

  /** Whether a text and what becomes of it can be stored so without meaning something else. */
  boolean fits(String before, String after) {
    return !before.contains("\r");
  }
}
