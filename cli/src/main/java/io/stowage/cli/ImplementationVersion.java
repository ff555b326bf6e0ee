package io.stowage.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of the jar this class is in. */
final class ImplementationVersion implements IVersionProvider {

  ImplementationVersion() {}

  @Override
  public String[] getVersion() {
    String version = Main.class.getPackage().getImplementationVersion();
    return new String[] {"stowage " + (version == null ? "(not from a jar)" : version)};
  }
}
