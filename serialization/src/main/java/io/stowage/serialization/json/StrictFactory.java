package io.stowage.serialization.json;

import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.io.IOContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;

/** Makes {@linkplain StrictGenerator strict} generators. */
final class StrictFactory extends JsonFactory {

  private static final long serialVersionUID = 1L;

  private final DistinctNames distinct;

  StrictFactory(JsonFactoryBuilder settings, DistinctNames distinct) {
    super(settings);
    this.distinct = distinct;
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
        _quoteChar,
        distinct);
  }
}
