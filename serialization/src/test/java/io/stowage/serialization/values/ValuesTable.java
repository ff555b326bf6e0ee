package io.stowage.serialization.values;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of what becomes of values: a line for all types that are treated alike. */
final class ValuesTable {

  private final List<String> codecs;
  private final Map<List<String>, List<String>> typesByFates = new LinkedHashMap<>();

  ValuesTable(List<String> codecs) {
    this.codecs = codecs;
  }

  /** Adds a type: for each of its values by label, whether each codec keeps it. */
  void add(String type, Map<String, List<Boolean>> kept) {
    List<String> fates = new ArrayList<>();
    for (int i = 0; i < codecs.size(); i++) {
      fates.add(fate(kept, i));
    }
    List<String> types = typesByFates.computeIfAbsent(fates, none -> new ArrayList<>());
    if (!types.contains(type)) {
      types.add(type);
    }
  }

  private static String fate(Map<String, List<Boolean>> kept, int codec) {
    List<String> refused =
        kept.entrySet().stream()
            .filter(value -> !value.getValue().get(codec))
            .map(Map.Entry::getKey)
            .toList();
    if (refused.isEmpty()) {
      return "kept";
    }
    boolean isAll = kept.keySet().stream().allMatch(l -> refused.contains(l) || l.equals("null"));
    return isAll ? "refused" : "kept, but refused: " + String.join(", ", refused);
  }

  @Override
  public String toString() {
    StringBuilder table = new StringBuilder();
    table.append("| types |");
    codecs.forEach(codec -> table.append(" `").append(codec).append("` |"));
    table.append("\n|---|").append("---|".repeat(codecs.size())).append('\n');
    typesByFates.forEach(
        (fates, types) -> {
          table.append("| `").append(String.join("`, `", types)).append("` |");
          fates.forEach(fate -> table.append(' ').append(fate).append(" |"));
          table.append('\n');
        });
    return table.toString();
  }
}
