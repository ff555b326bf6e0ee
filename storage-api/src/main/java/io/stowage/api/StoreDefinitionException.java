package io.stowage.api;

import java.io.Serial;
import java.util.List;

/** A store is opened with another definition than the one its data was written with. */
public final class StoreDefinitionException extends StorageException {

  @Serial private static final long serialVersionUID = 1L;

  private final List<String> differences;

  public StoreDefinitionException(List<String> differences, Context context) {
    super(
        "the store is defined otherwise: "
            + String.join("; ", differences)
            + ". Open it with the stored definition, or change its indexes with reindex; for another"
            + " codec or order, copy its items into a store of that definition",
        context,
        null);
    this.differences = List.copyOf(differences);
  }

  /** Each difference as a sentence that names the stored and the requested value. */
  public List<String> differences() {
    return differences;
  }
}
