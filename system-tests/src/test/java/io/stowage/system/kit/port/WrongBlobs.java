package io.stowage.system.kit.port;

import io.stowage.api.Durability;
import io.stowage.spi.AdapterException;
import io.stowage.spi.BlobPort;
import io.stowage.spi.StorePorts;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Ways to keep blobs wrongly. */
final class WrongBlobs {

  private WrongBlobs() {}

  static BlobPort replacing(BlobPort right) {
    return new BlobsOver(right) {
      @Override
      public boolean add(String name, byte[] bytes) {
        boolean isNew = right.read(name).isEmpty();
        right.put(name, bytes);
        return isNew;
      }
    };
  }

  static BlobPort takingThemForText(BlobPort right) {
    return new BlobsOver(right) {
      @Override
      public Optional<byte[]> read(String name) {
        return right
            .read(name)
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
            .map(text -> text.getBytes(StandardCharsets.UTF_8));
      }
    };
  }

  static BlobPort removingWithoutALook(BlobPort right) {
    return new BlobsOver(right) {
      @Override
      public boolean remove(String name) {
        right.remove(name);
        return true;
      }
    };
  }

  /** Each name stands for another one, whatever it is. */
  static BlobPort takingAnyName(BlobPort right) {
    return new BlobsOver(right) {
      @Override
      public Optional<byte[]> read(String name) {
        return right.read(mapped(name));
      }

      @Override
      public void put(String name, byte[] bytes) {
        right.put(mapped(name), bytes);
      }

      private String mapped(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
      }
    };
  }

  /** Answers the very bytes that were stored, as often as it is asked. */
  static BlobPort sharing(BlobPort right) {
    Map<String, byte[]> given = new ConcurrentHashMap<>();
    return new BlobsOver(right) {
      @Override
      public Optional<byte[]> read(String name) {
        return Optional.ofNullable(given.get(name));
      }

      @Override
      public void put(String name, byte[] bytes) {
        given.put(name, bytes);
      }
    };
  }

  /** Has 99 replicas confirm what it stores, so that this fails, and says nothing of the rest. */
  static StorePorts confirmingOnlyWhatIsNew(StorePorts right) {
    BlobPort confirming =
        new BlobsOver(right.blobs()) {
          @Override
          public boolean add(String name, byte[] bytes) {
            if (!super.add(name, bytes)) {
              return false;
            }
            throw AdapterException.unconfirmed("confirmed by 0 of 99 replicas");
          }
        };
    return new PortsOver(right) {
      @Override
      public Optional<StorePorts> confirmed(Durability durability) {
        return Optional.of(
            durability.replicas() < 2
                ? right
                : new PortsOver(right) {
                  @Override
                  public BlobPort blobs() {
                    return confirming;
                  }
                });
      }
    };
  }
}
