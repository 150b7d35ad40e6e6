package org.headgate.payload.senml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A reader of SenML that shares nothing with the writer: resolves records as RFC 8428, 4.6 says, and is as strict as the RFC. */
final class Reader {
    private static final Map<String, String> LABELS =
            Map.of("-3", "bt", "-2", "bn", "0", "n", "1", "u", "2", "v", "3", "vs", "4", "vb", "6", "t", "8", "vd");
    private static final Set<String> VALUES = Set.of("v", "vs", "vb", "vd");

    private Reader() {}

    /** One measurement; times of less than 2^28 are relative to now. */
    record Resolved(String name, double time, String unit, Object value) {}

    static List<Resolved> json(byte[] pack) throws IOException {
        return resolve(new ObjectMapper().readTree(pack), false);
    }

    static List<Resolved> cbor(byte[] pack) throws IOException {
        return resolve(new CBORMapper().readTree(pack), true);
    }

    private static List<Resolved> resolve(JsonNode pack, boolean cbor) throws IOException {
        assertThat(pack.isArray()).isTrue();
        assertThat(pack).isNotEmpty();
        List<Resolved> records = new ArrayList<>();
        String baseName = "";
        double baseTime = 0;
        for (JsonNode fields : pack) {
            Resolved found = null;
            String name = "";
            String unit = "";
            double time = 0;
            Object value = null;
            Set<String> labels = new TreeSet<>();
            for (Map.Entry<String, JsonNode> field : fields.properties()) {
                String label = cbor ? LABELS.get(field.getKey()) : field.getKey();
                assertThat(LABELS.values()).as(field.getKey()).contains(label);
                labels.add(label);
                JsonNode content = field.getValue();
                switch (label) {
                    case "bn" -> baseName = content.textValue();
                    case "bt" -> baseTime = content.doubleValue();
                    case "n" -> name = content.textValue();
                    case "u" -> unit = content.textValue();
                    case "t" -> time = content.doubleValue();
                    case "v" ->
                        value = content.isIntegralNumber() ? (Object) content.longValue() : content.doubleValue();
                    case "vb" -> value = content.booleanValue();
                    case "vs" -> value = content.textValue();
                    default ->
                        value = cbor
                                ? List.of(box(content.binaryValue()))
                                : List.of(box(Base64.getUrlDecoder().decode(content.textValue())));
                }
            }
            assertThat(labels.stream().filter(VALUES::contains))
                    .as(fields.toString())
                    .hasSize(1);
            found = new Resolved(baseName + name, baseTime + time, unit, value);
            assertThat(found.name()).matches("[A-Za-z0-9][-A-Za-z0-9:./_]*");
            records.add(found);
        }
        return records;
    }

    private static String box(byte[] bytes) {
        return new java.math.BigInteger(1, bytes).toString(16) + "/" + bytes.length;
    }

    /** What bytes look like in {@link Resolved}. */
    static Object data(byte[] bytes) {
        return List.of(box(bytes));
    }
}
