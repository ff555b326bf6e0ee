package io.stowage.core.store;

import io.stowage.api.IndexKind;
import io.stowage.api.StoreDefinition;
import io.stowage.api.StoreDefinition.IndexDefinition;
import io.stowage.spi.AdapterException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The definition of a store as the text that is kept beside its data: a line a fact, the format
 * first.
 */
public final class DefinitionText {

  private static final String HEADER = "stowage-store 1";

  private DefinitionText() {}

  public static String write(StoreDefinition definition) {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    text.append("codec ").append(definition.codec()).append('\n');
    definition.order().ifPresent(field -> text.append("order ").append(field).append('\n'));
    for (IndexDefinition index : definition.indexes()) {
      text.append(index.kind().label()).append(' ').append(index.name()).append('\n');
    }
    return text.toString();
  }

  /**
   * Reads a definition.
   *
   * @throws AdapterException if the text is none of this format
   */
  public static StoreDefinition read(String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
      throw unreadable(lines.isEmpty() ? "" : lines.get(0));
    }
    String codec = null;
    String order = null;
    List<IndexDefinition> indexes = new ArrayList<>();
    Set<String> facts = new HashSet<>();
    for (String line : lines.subList(1, lines.size())) {
      int space = line.indexOf(' ');
      String value = line.substring(space + 1);
      if (space < 1 || value.isBlank() || !facts.add(fact(line, space))) {
        throw unreadable(line);
      }
      switch (line.substring(0, space)) {
        case "codec" -> codec = value;
        case "order" -> order = value;
        default -> indexes.add(new IndexDefinition(value, kind(line, space)));
      }
    }
    return definition(codec, indexes, order);
  }

  /** What a line tells, which is told once: the codec, the order, or the kind of one index. */
  private static String fact(String line, int space) {
    String word = line.substring(0, space);
    return word.equals("codec") || word.equals("order")
        ? word
        : "index " + line.substring(space + 1);
  }

  private static IndexKind kind(String line, int space) {
    return Arrays.stream(IndexKind.values())
        .filter(kind -> kind.label().equals(line.substring(0, space)))
        .findFirst()
        .orElseThrow(() -> unreadable(line));
  }

  private static StoreDefinition definition(
      @Nullable String codec, List<IndexDefinition> indexes, @Nullable String order) {
    if (codec == null) {
      throw unreadable("no codec");
    }
    return new StoreDefinition(codec, indexes, order);
  }

  private static AdapterException unreadable(String line) {
    return AdapterException.refused(
        "the store's stored definition cannot be read at '" + line + "'; expected is " + HEADER,
        null);
  }
}
