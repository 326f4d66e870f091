package dev.tightship.cli;

import dev.tightship.pass.Page;
import dev.tightship.pass.Pass;
import dev.tightship.passes.Passes;
import dev.tightship.text.Resources;
import java.util.LinkedHashMap;
import java.util.Map;

/** The pages of all passes. */
final class Pages {

  private Pages() {}

  /** By id, in the order in which the passes run. */
  static Map<String, Page> all() {
    var pages = new LinkedHashMap<String, Page>();
    for (Pass pass : Passes.all()) {
      pages.put(pass.id(), of(pass.id()));
    }
    return pages;
  }

  /** That of one pass, read anew each time. */
  static Page of(String id) {
    return Page.parse(id, Resources.text("passes/" + id + ".md"));
  }
}
