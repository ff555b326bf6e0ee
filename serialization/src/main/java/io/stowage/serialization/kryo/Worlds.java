package io.stowage.serialization.kryo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The world of each class whose items were saved or loaded: what the class declares, and what the
 * embedder allowed besides. Not more, so that what is saved here can be loaded by a process that
 * has met no other class. Safe for use by many threads.
 */
final class Worlds {

  private final List<Class<?>> allowed;
  private final World shared;
  private final Map<Class<?>, World> byRoot = new ConcurrentHashMap<>();
  private final Map<String, Class<?>> rootsByName = new ConcurrentHashMap<>();

  Worlds(List<Class<?>> allowed) {
    this.allowed = List.copyOf(allowed);
    this.shared = new World(this.allowed);
  }

  /** The classes that items of any class may have. */
  World shared() {
    return shared;
  }

  World of(Class<?> root) {
    World known = byRoot.get(root);
    if (known == null) {
      List<Class<?>> roots = new ArrayList<>(allowed);
      roots.add(root);
      known = new World(roots);
      byRoot.put(root, known);
      rootsByName.put(root.getName(), root);
    }
    return known;
  }

  /** The world of the class of this name, if such items were met or allowed; else null. */
  @Nullable World met(String name) {
    Class<?> root = rootsByName.get(name);
    return root == null ? (shared.named(name) == null ? null : shared) : of(root);
  }
}
