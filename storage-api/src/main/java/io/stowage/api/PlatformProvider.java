package io.stowage.api;

import java.util.List;
import java.util.ServiceLoader;

/** Opens platforms: implemented by the engine and found with {@link ServiceLoader}. */
public interface PlatformProvider {

  /** Connects to a backend; see {@link StoragePlatform.Builder#open()}. */
  StoragePlatform open(PlatformSettings settings);

  /**
   * The engine on the class path.
   *
   * @throws IllegalStateException if there is none, or more than one
   */
  static PlatformProvider installed() {
    List<PlatformProvider> found =
        ServiceLoader.load(PlatformProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    if (found.size() != 1) {
      throw new IllegalStateException(
          found.isEmpty()
              ? "no engine on the class path; add io.stowage:stowage-storage-core"
              : "several engines on the class path: " + found + "; leave one");
    }
    return found.get(0);
  }
}
