package io.stowage.serialization.json;

import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.io.IOContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;

/** Makes generators that refuse numbers which JSON cannot hold. */
final class StrictFactory extends JsonFactory {

  private static final long serialVersionUID = 1L;

  StrictFactory(JsonFactoryBuilder settings) {
    super(settings);
  }

  @Override
  protected JsonGenerator _createUTF8Generator(
      ObjectWriteContext context, IOContext io, OutputStream out) {
    return new StrictGenerator(
        context,
        io,
        context.getStreamWriteFeatures(_streamWriteFeatures),
        context.getFormatWriteFeatures(_formatWriteFeatures),
        out,
        _quoteChar);
  }
}
