package io.stowage.system.docs;

import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import io.stowage.system.docs.ContractRun.Coding;
import io.stowage.system.docs.ContractRun.Contract;
import io.stowage.system.docs.ContractRun.Deployment;
import io.stowage.system.docs.ContractRun.Place;
import io.stowage.system.docs.ContractRun.Server;
import io.stowage.system.docs.ContractRun.Tier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the test classes that run the contracts, and on what, in their sources.
 *
 * <p>Left out are the classes of the package {@code io.stowage.system.kit} that are no tests by
 * themselves: the tests of the kit run them to see a wrong adapter or storage fail.
 */
final class ContractRuns {

  private static final String KIT = "io.stowage.system.kit";
  private static final Set<String> TAGS = Set.of("server", "slow", "full", "one-jdk", "soak");

  /** The names that surefire looks for. */
  private static final Pattern TEST = Pattern.compile("Test.*|.*(Test|Tests|TestCase)");

  private static final Pattern CODING =
      Pattern.compile(
          "new Coding\\(Coding\\.codec\\((\\w+)\\), (.*), (true|false), (true|false)\\)");
  private static final Pattern COMPRESSION = Pattern.compile("Compression\\.(\\w+)\\(\\)");
  private static final Map<String, String> CLIENTS =
      Map.of("redis-lettuce", "Lettuce", "redis-jedis", "Jedis");

  private final SourceClasses sources;

  private ContractRuns(SourceClasses sources) {
    this.sources = sources;
  }

  /**
   * All runs.
   *
   * @throws AssertionError which names every class of which it cannot be told on what it runs
   */
  static List<ContractRun> in(SourceClasses sources) {
    return new ContractRuns(sources).find();
  }

  private List<ContractRun> find() {
    List<ContractRun> runs = new ArrayList<>();
    List<String> unplaced = new ArrayList<>();
    for (SourceClass type : sources.all()) {
      Optional<Contract> contract = contract(type);
      if (contract.isEmpty() || type.isAbstract() || isSpecimenOfTheKit(type)) {
        continue;
      }
      try {
        runs.add(run(type, contract.get()));
      } catch (IllegalArgumentException e) {
        unplaced.add(type.name() + ": " + e.getMessage());
      }
    }
    if (!unplaced.isEmpty()) {
      throw new AssertionError(
          "classes that run a contract, nobody knows on what; teach ContractRuns about them:\n  "
              + String.join("\n  ", unplaced));
    }
    return runs;
  }

  private Optional<Contract> contract(SourceClass type) {
    List<String> names = sources.lineage(type).stream().map(SourceClass::name).toList();
    return Set.of(Contract.values()).stream().filter(it -> names.contains(it.type)).findFirst();
  }

  private static boolean isSpecimenOfTheKit(SourceClass type) {
    boolean isOfTheKit = (type.packageName() + ".").startsWith(KIT + ".");
    boolean isTest = type.enclosing() == null && TEST.matcher(type.simpleName()).matches();
    return isOfTheKit && !isTest;
  }

  private ContractRun run(SourceClass type, Contract contract) {
    requireRun(type);
    Set<String> tags = tags(type);
    for (String tag : tags) {
      require(TAGS.contains(tag), "unknown tag " + tag);
    }
    Tier tier =
        tags.contains("full")
            ? Tier.FULL
            : tags.contains("server") || tags.contains("slow") ? Tier.VERIFY : Tier.QUICK;
    Place place = place(type, contract);
    require(
        place.server() == Server.NONE || tags.contains("server"),
        "starts a server without the tag of those that do");
    return new ContractRun(type.name(), contract, place, tier, !tags.contains("one-jdk"));
  }

  /** Maven and JUnit have to find it. */
  private void requireRun(SourceClass type) {
    SourceClass outermost = type;
    for (SourceClass scope = type; scope != null; scope = scope.enclosing()) {
      for (SourceClass inherited : sources.lineage(scope)) {
        for (String annotation : inherited.annotations()) {
          require(!annotation.matches("(Dis|En)abled.*|Tags"), "@" + annotation);
        }
      }
      require(
          scope.enclosing() == null || scope.annotations().contains("Nested"),
          scope.simpleName() + " is within a class, but not @Nested");
      require(!scope.isAbstract(), scope.simpleName() + ", which it is in, is abstract");
      outermost = scope;
    }
    require(
        TEST.matcher(outermost.simpleName()).matches(),
        "surefire runs no class of the name " + outermost.simpleName());
  }

  /** Its own, those of the classes that it is in, and those of the superclasses of all of these. */
  private Set<String> tags(SourceClass type) {
    Set<String> tags = new HashSet<>();
    for (SourceClass scope = type; scope != null; scope = scope.enclosing()) {
      sources.lineage(scope).forEach(it -> tags.addAll(it.values("Tag")));
    }
    return tags;
  }

  private Place place(SourceClass type, Contract contract) {
    List<SourceClass> lineage = sources.lineage(type);
    for (int i = 0; i < lineage.size(); i++) {
      SourceClass base = lineage.get(i);
      Map<String, String> given = ConstructorArguments.reach(lineage.subList(0, i + 1));
      switch (base.name()) {
        case "io.stowage.testkit.redis.RedisAdapterContract",
            "io.stowage.testkit.redis.RedisStorageContract" -> {
          return new Place(
              one(Deployment.class, given.get("topology")),
              one(Server.class, given.get("release")),
              client(given.get("adapter")),
              Coding.DEFAULT);
        }
        case "io.stowage.system.coding.CodedStorageContract" -> {
          requireSource(base, "new MemoryAdapter()");
          return new Place(Deployment.MEMORY, Server.NONE, "", coding(given.get("coding")));
        }
        case "io.stowage.system.coding.RedisCodingsTest.OnRedis" -> {
          requireSource(base, "EmbeddedRedis.start()");
          String coding =
              "new Coding(Coding.codec(%s), %s, %s, %s)"
                  .formatted(
                      given.get("codec"),
                      given.get("compression"),
                      given.get("hasDictionary"),
                      given.get("isEncrypted"));
          return new Place(
              Deployment.STANDALONE, Server.DETECTED, client(given.get("adapter")), coding(coding));
        }
        default -> {
          List<MethodTree> opening = base.methods(contract.opening);
          if (!opening.isEmpty()) {
            return opened(opening.get(0), base);
          }
        }
      }
    }
    throw new IllegalArgumentException("has no " + contract.opening);
  }

  private static Place opened(MethodTree opening, SourceClass type) {
    String opened =
        opening.getBody().getStatements().get(0) instanceof ReturnTree returned
            ? ConstructorArguments.value(returned.getExpression(), Map.of(), type)
            : "" + opening.getBody();
    if (opened.equals("new MemoryAdapter()") || opened.equals("StoragePlatform.open(memory:)")) {
      return new Place(Deployment.MEMORY, Server.NONE, "", Coding.DEFAULT);
    }
    if (opened.equals("new AdapterOver(Adapters.memory(), PlainPortsContractTest::plain)")) {
      return new Place(Deployment.PLAIN_PORTS, Server.NONE, "", Coding.DEFAULT);
    }
    throw new IllegalArgumentException(opening.getName() + " answers " + opened);
  }

  private static Coding coding(String text) {
    Matcher coding = CODING.matcher("" + text);
    require(coding.matches(), "unknown way of storing values: " + text);
    Matcher compression = COMPRESSION.matcher(coding.group(2));
    require(compression.matches(), "unknown compression: " + coding.group(2));
    String name = compression.group(1).equals("none") ? "uncompressed" : compression.group(1);
    String whole = coding.group(3).equals("true") ? name + " with dictionary" : name;
    require(Coding.COMPRESSIONS.contains(whole), "unknown compression: " + whole);
    return new Coding(coding.group(1), whole, coding.group(4).equals("true"));
  }

  private static String client(String name) {
    String client = CLIENTS.get("" + name);
    require(client != null, "unknown client: " + name);
    return client;
  }

  private static <E extends Enum<E>> E one(Class<E> of, String name) {
    for (E constant : of.getEnumConstants()) {
      if (constant.name().equals(name)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("unknown " + of.getSimpleName() + ": " + name);
  }

  private static void requireSource(SourceClass type, String text) {
    require(type.tree().toString().contains(text), type.name() + " no longer says " + text);
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
