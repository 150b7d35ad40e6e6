package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.eclipse.tahu.protobuf.SparkplugBProto;
import org.headgate.command.api.Commands;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.RowBuilder;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.device.api.Devices;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.payload.json.JsonFormat;
import org.headgate.payload.sparkplug.SparkplugFormat;
import org.headgate.uplink.api.Message;
import org.headgate.uplink.api.Outlet;
import org.headgate.uplink.api.PayloadFormat;
import org.headgate.uplink.api.PayloadSession;
import org.headgate.uplink.api.PayloadSettings;
import org.junit.jupiter.api.Test;

/** A format that numbers its messages and declares what they mean, and messages that do not go out although it has made them. */
class NumberedMessagesTest {
    private static final int WIDTH = 20;
    private static final Schema SCHEMA = Schema.of(IntStream.range(0, WIDTH)
            .mapToObj(i -> new Column(i == 0 ? "n" : "channel-" + i, Type.LONG, ""))
            .toArray(Column[]::new));

    private final Site site = new Site(new JsonFormat());
    private int next;
    /** The format fails, as when its bundle is replaced, with the next batch of the stream {@code late}. */
    private boolean fails;

    private void uplink(String... pairs) {
        site.registry.bindFormat(new Failing(new SparkplugFormat(
                site.system,
                site.system,
                site.system,
                site.disk,
                site.bus,
                nothing(Devices.class),
                nothing(Commands.class))));
        List<String> all = new ArrayList<>(
                List.of("format", "sparkplug", "sparkplug.group", "plant", "sparkplug.qos", "1", "commit", "10ms"));
        all.addAll(List.of(pairs));
        site.uplink(all.toArray(String[]::new));
        site.seconds(1);
    }

    private void publish(String stream, int rows) {
        for (int i = 0; i < rows; i++) {
            RowBuilder row = Row.builder(SCHEMA);
            long n = next++;
            IntStream.range(0, WIDTH).forEach(column -> row.set(column, n));
            site.bus.publish(stream, row.build(site.system.epochNanos(), ClockState.SYNCED));
        }
    }

    @Test
    void aBirthThatIsLargerThanABatchMayBeGoesOutAndNoNumberIsMissing() {
        uplink("batch.max-bytes", "900");
        publish("boiler", 8);
        site.seconds(1);
        publish("boiler", 8);
        site.seconds(1);
        assertThat(numbers())
                .containsExactlyElementsOf(LongStream.range(0, 16).boxed().toList());
        assertThat(site.flow("outbox:cloud").passed()).isEqualTo(16);
    }

    /** 20 channels: a birth has more than 1,000 bytes, a row 500. */
    @Test
    void whatNeverGoesOutTakesNoNumberAndDeclaresNothing() {
        site.server.limit = 900;
        uplink();
        publish("boiler", 8);
        publish("pump", 3);
        site.seconds(1);
        assertThat(numbers()).isEmpty();
        assertThat(site.flow("outbox:cloud").dropped()).containsEntry("refused", 11L);
        site.publish("narrow", 5);
        site.seconds(1);
        assertThat(numbers()).hasSize(5);
    }

    @Test
    void whatHasArrivedInPiecesIsNotEncodedInVain() {
        site.server.breaksAfter = 4;
        uplink("batch.max-bytes", "900");
        publish("boiler", 30);
        site.seconds(120);
        assertThat(numbers()).containsAll(LongStream.range(0, 30).boxed().toList());
        assertThat(site.flow("outbox:cloud").passed()).isEqualTo(30);
        assertThat(site.flow("outbox:cloud").droppedRows()).isZero();
    }

    @Test
    void whatWasEncodedBeforeReadingFailedIsEncodedAgainBehindItsBirth() {
        uplink();
        fails = true;
        publish("boiler", 3);
        publish("late", 3);
        site.seconds(10);
        assertThat(fails).isFalse();
        publish("boiler", 3);
        publish("late", 3);
        site.seconds(10);
        assertThat(numbers()).hasSize(12).doesNotHaveDuplicates();
        assertThat(site.flow("outbox:cloud").passed()).isEqualTo(12);
    }

    @Test
    void aHostThatMissesARefusedMessageGetsAllBirthsBeforeWhatFollows() {
        uplink();
        publish("boiler", 1);
        site.seconds(1);
        Schema text = Schema.of(Column.of("text", Type.STRING));
        site.server.poison = "poison";
        for (int i = 0; i < 16; i++) {
            site.bus.publish(
                    "notes",
                    Row.builder(text)
                            .set(0, (Object) (i == 11 ? "poison" : "fine"))
                            .build(site.system.epochNanos(), ClockState.SYNCED));
        }
        site.seconds(5);
        publish("boiler", 1);
        site.seconds(5);
        assertThat(numbers(true)).hasSize(2);
        assertThat(site.flow("outbox:cloud").dropped()).containsEntry("refused", 1L);
        assertThat(site.flow("outbox:cloud").passed()).isEqualTo(17);
    }

    /** A server that lets the gateway not write to the topics of one device. */
    @Test
    void aBirthThatTheServerRefusesCostsNoRowOfAnotherDevice() {
        uplink();
        site.server.poison = "gw-1/notes";
        publish("boiler", 4);
        publish("notes", 8);
        site.seconds(5);
        publish("boiler", 4);
        publish("notes", 8);
        publish("boiler", 4);
        site.seconds(5);
        assertThat(numbers(true)).hasSize(12);
        assertThat(site.flow("outbox:cloud").passed()).isEqualTo(12);
        assertThat(site.flow("outbox:cloud").dropped()).containsEntry("refused", 16L);
        assertThat(site.server.messages).hasSizeLessThan(60);
    }

    /** The values of {@code n} as a host has them that takes no message out of turn and no alias that it was not told. */
    private List<Long> numbers() {
        return numbers(false);
    }

    /** The same where the server has refused something: births follow before the end. */
    private List<Long> numbers(boolean refused) {
        boolean missed = false;
        List<Long> numbers = new ArrayList<>();
        Map<Long, String> aliases = new HashMap<>();
        long seq = -1;
        for (Message message : site.server.messages) {
            String[] levels = message.topic().split("/");
            if (levels[2].equals("NDEATH")) {
                continue;
            }
            SparkplugBProto.Payload payload = parse(message);
            if (levels[2].equals("NBIRTH")) {
                seq = -1;
                aliases.clear();
                missed = false;
            }
            missed |= payload.getSeq() != (seq + 1) % 256;
            seq = payload.getSeq();
            assertThat(missed && !refused).as(message.topic()).isFalse();
            for (SparkplugBProto.Payload.Metric metric : payload.getMetricsList()) {
                if (metric.hasName()) {
                    aliases.put(metric.getAlias(), metric.getName());
                } else {
                    assertThat(aliases).as(message.topic()).containsKey(metric.getAlias());
                    if (aliases.get(metric.getAlias()).equals("n")) {
                        numbers.add(metric.getLongValue());
                    }
                }
            }
        }
        assertThat(missed).isFalse();
        return numbers;
    }

    private static SparkplugBProto.Payload parse(Message message) {
        try {
            return SparkplugBProto.Payload.parseFrom(message.payload());
        } catch (InvalidProtocolBufferException malformed) {
            throw new AssertionError(message.topic(), malformed);
        }
    }

    /** A service that knows of nothing. */
    private static <T> T nothing(Class<T> service) {
        return service.cast(Proxy.newProxyInstance(
                service.getClassLoader(), new Class<?>[] {service}, (proxy, method, arguments) -> Optional.empty()));
    }

    private final class Failing implements PayloadFormat {
        private final PayloadFormat format;

        Failing(PayloadFormat format) {
            this.format = format;
        }

        @Override
        public String name() {
            return format.name();
        }

        @Override
        public void check(PayloadSettings settings) {
            format.check(settings);
        }

        @Override
        public PayloadSession open(PayloadSettings settings, Outlet outlet) {
            PayloadSession session = format.open(settings, outlet);
            return (PayloadSession) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {PayloadSession.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("encode") && fails && isLate((OutboxBatch) arguments[0])) {
                            fails = false;
                            throw new NoClassDefFoundError("the bundle is being replaced");
                        }
                        return method.invoke(session, arguments);
                    });
        }

        private static boolean isLate(OutboxBatch batch) {
            return batch.stream().equals("late");
        }
    }
}
