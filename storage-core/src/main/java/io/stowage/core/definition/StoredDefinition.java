package io.stowage.core.definition;

import io.stowage.api.StoreDefinition;
import io.stowage.api.StoreDefinition.IndexDefinition;
import io.stowage.spi.IndexTerm;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The definition of a store as it is stored: what {@link StoreDefinition} tells, and how far a
 * change of indexes has come. Immutable.
 */
public final class StoredDefinition {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final String codec;
  private final @Nullable String orderField;
  private final List<StoredIndex> indexes;
  private final @Nullable String position;
  private final StoredCoding coding;
  private final StoredSchema schema;
  private final Map<IndexState, List<IndexDefinition>> byState = new EnumMap<>(IndexState.class);
  private final List<IndexDefinition> written;

  /**
   * A definition.
   *
   * @param position up to where the records are in the indexes that are being built; null as long
   *     as there may be writers that do not know of these
   */
  StoredDefinition(
      String codec,
      @Nullable String orderField,
      List<StoredIndex> indexes,
      @Nullable String position,
      StoredCoding coding,
      StoredSchema schema) {
    this.codec = codec;
    this.orderField = orderField;
    this.indexes = List.copyOf(indexes);
    this.position = position;
    this.coding = coding;
    this.schema = schema;
    for (IndexState state : IndexState.values()) {
      byState.put(
          state, indexes.stream().filter(i -> i.state() == state).map(StoredIndex::index).toList());
    }
    this.written =
        indexes.stream().filter(i -> i.state().isWritten()).map(StoredIndex::index).toList();
  }

  /** A definition whose indexes are all ready. */
  public static StoredDefinition of(StoreDefinition definition) {
    return new StoredDefinition(
        definition.codec(),
        definition.orderField(),
        definition.indexes().stream().map(i -> new StoredIndex(i, IndexState.READY)).toList(),
        null,
        StoredCoding.NONE,
        StoredSchema.of(definition.schemaVersion()));
  }

  String codec() {
    return codec;
  }

  Optional<String> order() {
    return Optional.ofNullable(orderField);
  }

  List<StoredIndex> indexes() {
    return indexes;
  }

  /** What readers of values need. */
  public StoredCoding coding() {
    return coding;
  }

  /** Of which schema version the entries are. */
  public StoredSchema schema() {
    return schema;
  }

  /** This definition, with entries that are being brought to a schema version. */
  public StoredDefinition rising(int next) {
    return with(new StoredSchema(schema.version(), next));
  }

  /** This definition, with entries that have all come to a schema version. */
  public StoredDefinition risen(int version) {
    return with(StoredSchema.of(version));
  }

  private StoredDefinition with(StoredSchema other) {
    return new StoredDefinition(codec, orderField, indexes, position, coding, other);
  }

  /** This definition as one that is written where none was. */
  public StoredDefinition begunAnew() {
    return with(coding.withIncarnation(Long.toHexString(RANDOM.nextLong())));
  }

  /** This definition, the backfill having to begin anew. */
  StoredDefinition fromItsBegin() {
    return new StoredDefinition(codec, orderField, indexes, null, coding, schema);
  }

  /** This definition with all written indexes to be built, as if none were complete. */
  StoredDefinition toBeBuilt() {
    return fromItsBegin()
        .changed(i -> i.state().isWritten() ? IndexState.BUILDING : IndexState.PURGING);
  }

  /** This definition, but for what readers of values need. */
  StoredDefinition with(StoredCoding other) {
    return new StoredDefinition(codec, orderField, indexes, position, other, schema);
  }

  /** This definition, with what another one says that readers of values need. */
  public StoredDefinition codedAs(StoredDefinition other) {
    return with(other.coding);
  }

  /** This definition with another dictionary in use. */
  public StoredDefinition compressingWith(int dictionary) {
    return with(coding.withDictionary(dictionary));
  }

  /** The indexes whose entries are written with an item. */
  public List<IndexDefinition> written() {
    return written;
  }

  /** Every index that is named, whatever its state. */
  public List<IndexDefinition> all() {
    return indexes.stream().map(StoredIndex::index).toList();
  }

  /** Whether an index is not ready: its change is under way, or was interrupted. */
  public boolean isChanging() {
    return in(IndexState.READY).size() < indexes.size();
  }

  /** The indexes in a state. */
  public List<IndexDefinition> in(IndexState state) {
    return Objects.requireNonNull(byState.get(state));
  }

  /** The state of an index; empty if the store does not have it. */
  public Optional<IndexState> state(IndexDefinition index) {
    return indexes.stream()
        .filter(stored -> stored.index().equals(index))
        .map(StoredIndex::state)
        .findFirst();
  }

  /** Whether entries of a term are written, so that they are of use as long as their record is. */
  public boolean isWritten(IndexTerm term) {
    return contains(written, term);
  }

  /** Whether queries may read a term. */
  public boolean isReady(IndexTerm term) {
    return contains(in(IndexState.READY), term);
  }

  private static boolean contains(List<IndexDefinition> indexes, IndexTerm term) {
    for (IndexDefinition index : indexes) {
      if (index.kind() == term.kind() && index.name().equals(term.index())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Up to where the records are in the indexes that are being built; empty as long as there may be
   * writers that do not know of these.
   */
  public Optional<String> position() {
    return Optional.ofNullable(position);
  }

  /** Whether data written under another definition can be read under this one. */
  boolean fits(StoredDefinition other) {
    return order().equals(other.order());
  }

  /** This definition, the backfill having come to a place. */
  public StoredDefinition at(String place) {
    return new StoredDefinition(codec, orderField, indexes, place, coding, schema);
  }

  /** This definition with an index more, to be built; all that are being built begin anew. */
  public StoredDefinition building(IndexDefinition added) {
    List<StoredIndex> more = new ArrayList<>(indexes);
    more.add(new StoredIndex(added, IndexState.BUILDING));
    return new StoredDefinition(codec, orderField, more, null, coding, schema);
  }

  /**
   * This definition with other states.
   *
   * @param change the new state of an index, which may be the present one; null for an index that
   *     is gone
   */
  public StoredDefinition changed(Function<StoredIndex, @Nullable IndexState> change) {
    List<StoredIndex> changed = new ArrayList<>(indexes.size());
    for (StoredIndex stored : indexes) {
      IndexState state = change.apply(stored);
      if (state != null) {
        changed.add(new StoredIndex(stored.index(), state));
      }
    }
    boolean builds = changed.stream().anyMatch(i -> i.state() == IndexState.BUILDING);
    return new StoredDefinition(
        codec, orderField, changed, builds ? position : null, coding, schema);
  }

  /** The definition as programs see it. */
  public StoreDefinition toApi() {
    return new StoreDefinition(
        codec,
        in(IndexState.READY),
        orderField,
        in(IndexState.BUILDING),
        in(IndexState.DROPPING),
        schema.version());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (this == other) {
      return true;
    }
    return other instanceof StoredDefinition that
        && codec.equals(that.codec)
        && coding.equals(that.coding)
        && schema.equals(that.schema)
        && fits(that)
        && indexes.equals(that.indexes)
        && position().equals(that.position());
  }

  @Override
  public int hashCode() {
    return Objects.hash(codec, orderField, indexes, position, coding, schema);
  }

  @Override
  public String toString() {
    return "StoredDefinition[codec=%s, order=%s, indexes=%s, position=%s, %s, %s]"
        .formatted(codec, orderField, indexes, position, coding, schema);
  }
}
