package io.stowage.cli.command;

import io.stowage.api.Filter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a command that say which items are meant. */
final class SelectionOptions {

  @Option(
      names = "--where",
      paramLabel = "f=v",
      converter = WhereClause.class,
      description =
          "Only items with this field; also f!=v, f>v, f>=v, f<v, f<=v. A nested field is a dotted"
              + " path, with places in lists from 0 on, and \\. for a dot in a name. Given several"
              + " times, all must hold.")
  private List<Filter> conditions = new ArrayList<>();

  @Option(
      names = "--filter",
      paramLabel = "JSON",
      converter = FilterConverter.class,
      description =
          "Only items that match, such as '{\"metadata.turn\": {\"$gt\": 3}, \"type\": {\"$in\":"
              + " [\"a\", \"b\"]}}'.")
  private @Nullable Filter filter;

  SelectionOptions() {}

  /** All conditions as one; without any it matches every item. */
  Filter asFilter() {
    List<Filter> all = new ArrayList<>(conditions);
    if (filter != null) {
      all.add(filter);
    }
    return all.size() == 1 ? all.get(0) : Filter.and(all.toArray(Filter[]::new));
  }
}
