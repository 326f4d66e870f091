package dev.tightship.compose.model;

import java.util.ArrayList;

/** Settings that were extensions before they had a name (compose-go: loader/aliases.go). */
final class Develop {

  private Develop() {}

  static Data.Mapping promoted(Data.Mapping service) throws Refused {
    Data.Mapping renamed = renamed(service, "x-develop", "develop");
    if (!(renamed.get("develop") instanceof Data.Mapping develop)
        || !(develop.get("watch") instanceof Data.Sequence list)) {
      return renamed;
    }
    var watched = new ArrayList<Data>();
    for (Data item : list.items()) {
      watched.add(
          item instanceof Data.Mapping watch
              ? renamed(watch, "x-initialSync", "initial_sync")
              : item);
    }
    return renamed.with("develop", develop.with("watch", new Data.Sequence(watched)));
  }

  private static Data.Mapping renamed(Data.Mapping at, String from, String to) throws Refused {
    Data old = at.get(from);
    if (old == null) {
      return at;
    }
    Data.Mapping without = at.without(from);
    Data named = without.get(to);
    return named == null || named.isNull()
        ? without.with(to, old)
        : without.with(to, Merge.plain(old, named));
  }
}
