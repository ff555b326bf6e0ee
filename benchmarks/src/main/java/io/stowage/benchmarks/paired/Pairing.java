package io.stowage.benchmarks.paired;

import io.stowage.api.Document;

/**
 * Two sides that do the same work in turns. In a round one of them has the first turn and the last,
 * the other the two between, so that what slows down or speeds up over the round does so for both;
 * which one begins alternates.
 */
final class Pairing {

  /** How many turns each side has in a round. */
  private static final int TURNS = 2;

  private static final double NANOS = 1e9;

  private final Client client;
  private final Corner library;
  private final Corner byHand;
  private final Documents documents;
  private final Scale scale;

  Pairing(Client client, Corner library, Corner byHand, Documents documents, Scale scale) {
    this.client = client;
    this.library = library;
    this.byHand = byHand;
    this.documents = documents;
    this.scale = scale;
  }

  /** Has both sides do the work, without a measurement. */
  void warmUp(Work work, int threads) {
    rounds(work, threads, scale.warmUpRounds());
  }

  /** Measures the work. */
  Row measure(Work work, int threads) {
    double[][] nanos = rounds(work, threads, scale.rounds());
    double[] ratios = new double[scale.rounds()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = nanos[1][i] / nanos[0][i];
    }
    return new Row(
        work.label(),
        client.adapter(),
        threads,
        Quartiles.of(ratios),
        perSecond(work, nanos[0]),
        perSecond(work, nanos[1]));
  }

  private long perSecond(Work work, double[] nanos) {
    return Math.round(TURNS * pieces(work) * NANOS / Quartiles.of(nanos).median());
  }

  private int pieces(Work work) {
    return work == Work.LIST ? scale.lists() : documents.count();
  }

  /** The nanoseconds of each round, of the library and by hand. */
  private double[][] rounds(Work work, int threads, int count) {
    double[][] nanos = new double[2][count];
    library.fill(documents);
    byHand.fill(documents);
    try (Crew crew = new Crew(threads)) {
      for (int i = 0; i < count; i++) {
        int first = i % 2;
        for (int side : new int[] {first, 1 - first, 1 - first, first}) {
          nanos[side][i] += turn(work, side == 0 ? library : byHand, crew);
        }
      }
    }
    return nanos;
  }

  private double turn(Work work, Corner corner, Crew crew) {
    if (work == Work.SAVE_NEW) {
      corner.database().clear();
    }
    long start = System.nanoTime();
    crew.work(pieces(work), i -> piece(work, corner.side(), i));
    if (work == Work.SAVE_OVER) {
      corner.awaitRetired(documents);
    }
    return System.nanoTime() - start;
  }

  private void piece(Work work, Side side, int number) {
    switch (work) {
      case SAVE_NEW, SAVE_OVER -> side.save(documents.get(number));
      case LOAD -> {
        Document loaded = side.load(documents.ids().get(number));
        require(loaded != null, side);
      }
      case LIST -> {
        int session = number % documents.sessions().size();
        int found = side.list(documents.sessions().get(session), Documents.IN_SESSION).size();
        require(found == Documents.IN_SESSION, side);
      }
    }
  }

  private static void require(boolean isThere, Side side) {
    if (!isThere) {
      throw new IllegalStateException("what is stored is not found by " + side.name());
    }
  }
}
