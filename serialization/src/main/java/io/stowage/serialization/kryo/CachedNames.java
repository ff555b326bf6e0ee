package io.stowage.serialization.kryo;

import io.stowage.spi.NameTable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A store's table, of which each name and number is asked for once. */
final class CachedNames implements NameTable {

  private final NameTable table;
  private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
  private final Map<Integer, String> names = new ConcurrentHashMap<>();

  CachedNames(NameTable table) {
    this.table = table;
  }

  @Override
  public int number(String name) {
    Integer known = numbers.get(name);
    if (known == null) {
      known = table.number(name);
      numbers.put(name, known);
    }
    return known;
  }

  @Override
  public String name(int number) {
    String known = names.get(number);
    if (known == null) {
      known = table.name(number);
      names.put(number, known);
    }
    return known;
  }
}
