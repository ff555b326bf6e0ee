package io.stowage.system.docs;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import io.stowage.system.docs.ContractRun.Coding;
import io.stowage.system.docs.ContractRun.Contract;
import io.stowage.system.docs.ContractRun.Deployment;
import io.stowage.system.docs.ContractRun.Place;
import io.stowage.system.docs.ContractRun.Server;
import io.stowage.system.docs.ContractRun.Tier;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What runs of the contracts there are, as a table for people. */
final class ContractRunsTable {

  private final List<ContractRun> runs;
  private final ToIntFunction<Contract> clauses;

  /**
   * @param clauses how many clauses a contract has
   */
  ContractRunsTable(List<ContractRun> runs, ToIntFunction<Contract> clauses) {
    this.runs = List.copyOf(runs);
    this.clauses = clauses;
  }

  /** How many distinct pairs of a clause and a place a tier runs. */
  int pairs(Tier tier) {
    return runs.stream()
        .filter(run -> run.tier().compareTo(tier) <= 0)
        .map(run -> new Proof(run.contract(), run.place()))
        .distinct()
        .mapToInt(proof -> clauses.applyAsInt(proof.contract()))
        .sum();
  }

  private record Proof(Contract contract, Place place) {}

  /** Several runs in one line. */
  private record Row(
      Deployment deployment,
      Server server,
      String values,
      String contracts,
      String clients,
      boolean isOnBothJdks,
      Tier tier) {

    static final Comparator<Row> ORDER =
        comparing(Row::deployment)
            .thenComparing(row -> !row.values().equals(DEFAULT_VALUES))
            .thenComparing(Row::tier)
            .thenComparing(Row::server)
            .thenComparing(Row::clients, Comparator.reverseOrder())
            .thenComparing(Row::contracts)
            .thenComparing(Row::values);

    Row withValues(String described) {
      return new Row(deployment, server, described, contracts, clients, isOnBothJdks, tier);
    }

    Row withContracts(String joined) {
      return new Row(deployment, server, values, joined, clients, isOnBothJdks, tier);
    }

    Row withClients(String joined) {
      return new Row(deployment, server, values, contracts, joined, isOnBothJdks, tier);
    }
  }

  private static final String DEFAULT_VALUES = "default";

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        "| deployment | server | client | values | contract of | clauses run | from tier | JDKs"
            + " |\n");
    text.append("|---|---|---|---|---|---|---|---|\n");
    Map<Row, Integer> rows = rows();
    rows.keySet().stream()
        .sorted(Row.ORDER)
        .forEach(row -> text.append(line(row, rows.getOrDefault(row, 0))));
    text.append(
        String.format(
            Locale.ROOT,
            "\n"
                + "The contract of the ports has %d clauses, that of `Storage` %d. A clause counted"
                + " once for each deployment, server, client and way of storing values that it runs"
                + " on, the quick tier has %,d, verify %,d, and full %,d.\n",
            clauses.applyAsInt(Contract.PORTS),
            clauses.applyAsInt(Contract.STORAGE),
            pairs(Tier.QUICK),
            pairs(Tier.VERIFY),
            pairs(Tier.FULL)));
    return text.toString();
  }

  private static String line(Row row, int count) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %s | %s | %,d | %s | %s |\n",
        row.deployment().label,
        row.server().label,
        row.clients().isEmpty() ? "–" : row.clients(),
        row.values(),
        row.contracts(),
        count,
        row.tier().name().toLowerCase(Locale.ROOT),
        row.isOnBothJdks() ? "both" : "default");
  }

  /** The lines, and how often a clause runs for each. */
  private Map<Row, Integer> rows() {
    Map<Row, Set<Coding>> codings = new LinkedHashMap<>();
    for (ContractRun run : runs) {
      Place place = run.place();
      boolean isDefault = place.coding().equals(Coding.DEFAULT);
      Row row =
          new Row(
              place.deployment(),
              place.server(),
              isDefault ? DEFAULT_VALUES : "",
              run.contract().label,
              place.client(),
              run.isOnBothJdks(),
              run.tier());
      codings.computeIfAbsent(row, absent -> new HashSet<>()).add(place.coding());
    }
    Map<Row, Integer> rows = new LinkedHashMap<>();
    codings.forEach(
        (row, of) ->
            rows.put(
                row.values().isEmpty() ? row.withValues(described(of)) : row,
                clausesOf(row.contracts()) * of.size()));
    Map<Row, Integer> ofBothContracts =
        merged(
            rows,
            row -> row.withContracts(""),
            (one, other) -> one.withContracts(join(one.contracts(), other.contracts())));
    return merged(
        ofBothContracts,
        row -> row.withClients(""),
        (one, other) -> one.withClients(join(one.clients(), other.clients())));
  }

  private int clausesOf(String label) {
    return Stream.of(Contract.values())
        .filter(contract -> contract.label.equals(label))
        .mapToInt(clauses)
        .sum();
  }

  private static String join(String one, String other) {
    return Stream.of(one, other).sorted(Comparator.reverseOrder()).collect(joining(", "));
  }

  /** Makes one line of lines that differ in nothing but what is merged. */
  private static Map<Row, Integer> merged(
      Map<Row, Integer> rows, UnaryOperator<Row> common, BinaryOperator<Row> merge) {
    Map<Row, Integer> result = new LinkedHashMap<>();
    rows.keySet().stream()
        .collect(groupingBy(common, LinkedHashMap::new, toList()))
        .values()
        .forEach(
            group ->
                result.put(
                    group.stream().reduce(merge).orElseThrow(),
                    group.stream().mapToInt(row -> rows.getOrDefault(row, 0)).sum()));
    return result;
  }

  /** Ways of storing values, those of equal codecs told together. */
  static String described(Set<Coding> codings) {
    Map<String, Set<Coding>> ofCodec =
        codings.stream()
            .collect(
                groupingBy(
                    Coding::codec,
                    TreeMap::new,
                    mapping(
                        coding -> new Coding("", coding.compression(), coding.isEncrypted()),
                        toSet())));
    Map<Set<Coding>, List<String>> codecsOf =
        ofCodec.keySet().stream().collect(groupingBy(ofCodec::get, LinkedHashMap::new, toList()));
    return codecsOf.entrySet().stream()
        .map(entry -> String.join(", ", entry.getValue()) + ": " + forms(entry.getKey()))
        .collect(joining("; "));
  }

  private static String forms(Set<Coding> forms) {
    Map<Boolean, TreeSet<String>> compressions =
        forms.stream()
            .collect(
                groupingBy(
                    Coding::isEncrypted,
                    TreeMap::new,
                    mapping(
                        Coding::compression,
                        toCollection(
                            () -> new TreeSet<>(comparing(Coding.COMPRESSIONS::indexOf))))));
    TreeSet<String> plain = compressions.getOrDefault(false, new TreeSet<>());
    TreeSet<String> encrypted = compressions.getOrDefault(true, new TreeSet<>());
    if (plain.equals(encrypted)) {
      return String.join(", ", plain) + ", each plain and encrypted";
    }
    return Stream.concat(
            plain.stream(), encrypted.stream().map(compression -> compression + " encrypted"))
        .collect(joining(", "));
  }
}
