package org.headgate.payload.senml;

import java.util.Base64;
import org.headgate.codec.JsonWriter;

/** A pack in JSON (RFC 8428, 5). */
final class JsonPack implements PackWriter {
    private final JsonWriter json = new JsonWriter();

    @Override
    public void begin(int records) {
        json.beginArray();
    }

    @Override
    public void head(Head head) {
        json.beginObject();
        if (!head.base().isEmpty()) {
            json.name("bn").value(head.base());
        }
        if (head.rebased()) {
            json.name("bt").fixed(head.baseTime(), head.places());
        }
        json.name("n").value(head.name());
        if (!head.unit().isEmpty()) {
            json.name("u").value(head.unit());
        }
        if (head.time() != 0) {
            json.name("t").fixed(head.time(), head.places());
        }
    }

    @Override
    public void value(long value) {
        json.name("v").value(value).endObject();
    }

    @Override
    public void value(double value) {
        json.name("v").value(value).endObject();
    }

    @Override
    public void value(boolean value) {
        json.name("vb").value(value).endObject();
    }

    @Override
    public void value(String value) {
        json.name("vs").value(value).endObject();
    }

    @Override
    public void value(byte[] value) {
        json.name("vd")
                .value(Base64.getUrlEncoder().withoutPadding().encodeToString(value))
                .endObject();
    }

    @Override
    public byte[] toBytes() {
        return json.endArray().toBytes();
    }
}
