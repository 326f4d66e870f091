package dev.tightship.compose.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code ipam.config} over two files: pools of the same subnet become one. Compose looks at every
 * pair of pools, so the order of the outcome is that of the pairs, and an earlier pool that met a
 * later one of its subnet keeps what that brought.
 */
final class AddressPools {

  private static final String SUBNET = "subnet";

  private AddressPools() {}

  static Data merge(Data base, Data over) throws Refused {
    List<Data.Mapping> before = pools(base);
    List<Data.Mapping> after = pools(over);
    var merged = new ArrayList<Map<String, Data>>();
    for (Data.Mapping pool : before) {
      var own = new LinkedHashMap<>(pool.entries());
      for (Data.Mapping other : after) {
        if (!same(own.get(SUBNET), other.get(SUBNET)) && at(merged, other.get(SUBNET)) < 0) {
          merged.add(other.entries());
          continue;
        }
        Data.Mapping both = Merge.mappings(new Data.Mapping(new LinkedHashMap<>(own)), other, null);
        own.putAll(both.entries());
        int index = at(merged, own.get(SUBNET));
        if (index >= 0) {
          merged.set(index, own);
        } else {
          merged.add(own);
        }
      }
    }
    return new Data.Sequence(
        merged.stream().<Data>map(pool -> new Data.Mapping(new LinkedHashMap<>(pool))).toList());
  }

  private static int at(List<Map<String, Data>> pools, @Nullable Data subnet) {
    for (int i = 0; i < pools.size(); i++) {
      if (same(pools.get(i).get(SUBNET), subnet)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean same(@Nullable Data one, @Nullable Data other) {
    return (one == null ? Data.Scalar.NULL : one).equals(other == null ? Data.Scalar.NULL : other);
  }

  private static List<Data.Mapping> pools(Data config) throws Refused {
    if (!(config instanceof Data.Sequence list)) {
      throw new Refused("ipam.config is no list");
    }
    var pools = new ArrayList<Data.Mapping>();
    for (Data item : list.items()) {
      if (!(item instanceof Data.Mapping pool)) {
        throw new Refused("a pool of addresses is no mapping");
      }
      pools.add(pool);
    }
    return pools;
  }
}
