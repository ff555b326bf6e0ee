package io.stowage.core.definition;

import io.stowage.api.IndexKind;
import io.stowage.api.StoreDefinition.IndexDefinition;
import io.stowage.spi.AdapterException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The definition of a store as the text that is kept beside its data: a line a fact, the format
 * first. An index that is ready is its kind and its name; any other has its state before that, a
 * word at which a reader that knows no states stops.
 */
public final class DefinitionText {

  private static final String HEADER = "stowage-store 1";
  private static final String CODEC = "codec";
  private static final String ORDER = "order";
  private static final String POSITION = "position";
  private static final String NAME = "name";
  private static final String DICTIONARY = "dictionary";
  private static final String INCARNATION = "incarnation";
  private static final int MAX_OLD_DICTIONARIES = 10_000;
  private static final String SCHEMA = "schema";

  /** Stands before a position, which may be empty, and need not be fit for a line of text. */
  private static final String ENCODED = "=";

  private DefinitionText() {}

  public static String write(StoredDefinition definition) {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    line(text, CODEC, definition.codec());
    definition.order().ifPresent(field -> line(text, ORDER, field));
    for (StoredIndex stored : definition.indexes()) {
      IndexDefinition index = stored.index();
      String what = index.kind().label() + " " + index.name();
      if (stored.state() == IndexState.READY) {
        text.append(what).append('\n');
      } else {
        line(text, stored.state().label(), what);
      }
    }
    definition.position().ifPresent(place -> line(text, POSITION, ENCODED + encoded(place)));
    if (!definition.coding().incarnation().isEmpty()) {
      line(text, INCARNATION, definition.coding().incarnation());
    }
    List<String> names = definition.coding().names();
    for (int i = 0; i < names.size(); i++) {
      line(text, NAME, (i + 1) + " " + ENCODED + encoded(names.get(i)));
    }
    for (int number : definition.coding().dictionaries()) {
      line(text, DICTIONARY, String.valueOf(number));
    }
    StoredSchema schema = definition.schema();
    if (!schema.equals(StoredSchema.FIRST)) {
      line(text, SCHEMA, schema.version() + (schema.isChanging() ? " " + schema.next() : ""));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String word, String value) {
    text.append(word).append(' ').append(value).append('\n');
  }

  private static String encoded(String position) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(position.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads a definition.
   *
   * @throws AdapterException if the text is none of this format
   */
  public static StoredDefinition read(String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
      throw unreadable(lines.isEmpty() ? "" : lines.get(0));
    }
    Facts facts = new Facts();
    lines.subList(1, lines.size()).forEach(facts::add);
    return facts.definition();
  }

  private static AdapterException unreadable(String line) {
    return AdapterException.refused(
        "the store's stored definition cannot be read at '" + line + "'; expected is " + HEADER,
        null);
  }

  /** What the lines read so far tell. Each fact is told once. */
  private static final class Facts {

    private final List<StoredIndex> indexes = new ArrayList<>();
    private final Set<String> told = new HashSet<>();
    private @Nullable String codec;
    private @Nullable String order;
    private @Nullable String position;
    private final List<String> names = new ArrayList<>();
    private final List<Integer> dictionaries = new ArrayList<>();
    private String incarnation = "";
    private StoredSchema schema = StoredSchema.FIRST;

    void add(String line) {
      String word = word(line);
      String value = line.substring(word.length() + 1);
      switch (word) {
        case CODEC -> codec = once(word, value, line);
        case ORDER -> order = once(word, value, line);
        case POSITION -> position = decoded(once(word, value, line), line);
        case DICTIONARY -> addDictionary(number(value, line), line);
        case INCARNATION -> incarnation = once(word, value, line);
        case SCHEMA -> schema = schema(once(word, value, line), line);
        case NAME -> addName(value, line);
        default -> addIndex(word, value, line);
      }
    }

    private static String word(String line) {
      int space = line.indexOf(' ');
      if (space < 1 || line.substring(space + 1).isBlank()) {
        throw unreadable(line);
      }
      return line.substring(0, space);
    }

    private String once(String fact, String value, String line) {
      if (!told.add(fact)) {
        throw unreadable(line);
      }
      return value;
    }

    private static String decoded(String value, String line) {
      try {
        byte[] bytes = Base64.getUrlDecoder().decode(value.substring(ENCODED.length()));
        String position = new String(bytes, StandardCharsets.UTF_8);
        if ((ENCODED + encoded(position)).equals(value)) {
          return position;
        }
      } catch (IllegalArgumentException e) {
        throw AdapterException.refused(String.valueOf(unreadable(line).getMessage()), e);
      }
      throw unreadable(line);
    }

    private static int number(String digits, String line) {
      if (!digits.matches("[1-9][0-9]{0,8}")) {
        throw unreadable(line);
      }
      return Integer.parseInt(digits);
    }

    /** Each dictionary has a line. The oldest definitions have one, for number 1 up to that one. */
    private void addDictionary(int number, String line) {
      boolean isOld = number < ContentNumber.FIRST_DICTIONARY;
      if (dictionaries.contains(number) || (isOld && number > MAX_OLD_DICTIONARIES)) {
        throw unreadable(line);
      }
      if (dictionaries.isEmpty() && isOld) {
        for (int earlier = 1; earlier < number; earlier++) {
          dictionaries.add(earlier);
        }
      }
      dictionaries.add(number);
    }

    /** The version and, while entries are brought to another one, that one. */
    private static StoredSchema schema(String value, String line) {
      int space = value.indexOf(' ');
      return space < 0
          ? StoredSchema.of(number(value, line))
          : new StoredSchema(
              number(value.substring(0, space), line), number(value.substring(space + 1), line));
    }

    /** Names stand in the order of their numbers, which leave none out. */
    private void addName(String value, String line) {
      String number = word(value);
      String name = decoded(value.substring(number.length() + 1), line);
      if (number(number, line) != names.size() + 1 || names.contains(name)) {
        throw unreadable(line);
      }
      names.add(name);
    }

    private void addIndex(String word, String value, String line) {
      Optional<IndexState> state =
          Arrays.stream(IndexState.values())
              .filter(s -> s != IndexState.READY && s.label().equals(word))
              .findFirst();
      String indexLine = state.isPresent() ? value : line;
      String kind = word(indexLine);
      IndexDefinition index =
          new IndexDefinition(indexLine.substring(kind.length() + 1), kind(kind, line));
      once(index.toString(), line, line);
      if (state.isEmpty()) {
        once("ready " + index.name(), line, line);
      }
      indexes.add(new StoredIndex(index, state.orElse(IndexState.READY)));
    }

    private static IndexKind kind(String word, String line) {
      return Arrays.stream(IndexKind.values())
          .filter(kind -> kind.label().equals(word))
          .findFirst()
          .orElseThrow(() -> unreadable(line));
    }

    StoredDefinition definition() {
      String named = codec;
      if (named == null) {
        throw unreadable("no codec");
      }
      boolean builds = indexes.stream().anyMatch(i -> i.state() == IndexState.BUILDING);
      if (position != null && !builds) {
        throw unreadable(POSITION);
      }
      return new StoredDefinition(
          named,
          order,
          indexes,
          position,
          new StoredCoding(names, dictionaries, incarnation),
          schema);
    }
  }
}
