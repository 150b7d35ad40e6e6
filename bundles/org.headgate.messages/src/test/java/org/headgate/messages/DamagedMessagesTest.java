package org.headgate.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Good messages with a few bytes damaged, cut or doubled, and such as are made to cost: rows or one line, whatever it is. */
class DamagedMessagesTest {
    private static final int ROUNDS = Boolean.getBoolean("headgate.long") ? 1_000_000 : 10_000;

    private static void damage(Decoding decoding, byte[] good) {
        Random random = new Random(5);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bad = Arrays.copyOf(good, random.nextInt(8) == 0 ? random.nextInt(good.length) : good.length);
            for (int j = random.nextInt(4); j >= 0 && bad.length > 0; j--) {
                int at = random.nextInt(bad.length);
                bad[at] = random.nextBoolean() ? (byte) random.nextInt() : good[random.nextInt(good.length)];
            }
            MessagesFuzzTest.decode(decoding, bad);
        }
    }

    @Test
    void json() throws Exception {
        damage(
                Decoding.of("time=/t", "/a/b double", "/c string map=x:1", "/d/0/x boolean required=true"),
                "[{\"a\":{\"b\":-1.5e3},\"c\":\"x\\u00e9\",\"t\":1700000000.5},{\"d\":[{\"x\":\"on\"}],\"t\":\"2024-01-01T00:00:00Z\"}]"
                        .getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void csv() throws Exception {
        damage(
                Decoding.of("time=csv/0", "csv/1 double", "csv/2 string"),
                "1700000000,21.5 °C,\"a \"\"b\"\"\"\r\n2024-01-01 00:00:00,-7,x\n".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void senml() throws Exception {
        String pack =
                "[{\"bn\":\"d:\",\"bt\":1.7e9,\"bv\":20,\"bu\":\"Cel\",\"n\":\"a\",\"v\":0.1},{\"n\":\"b\",\"t\":-5,\"vs\":\"x\"},{\"n\":\"c\",\"vd\":\"aGk\"}]";
        Decoding decoding = Decoding.of(
                "", "senml/d:a double unit=K", "senml/d:b string", "senml/d:c bytes", "senml/d:a double field=sum");
        damage(decoding, pack.getBytes(StandardCharsets.UTF_8));
        Object tree = new ObjectMapper().readValue(pack, Object.class);
        damage(decoding, new ObjectMapper(new CBORFactory()).writeValueAsBytes(tree));
        damage(
                decoding,
                new ObjectMapper(new CBORFactory())
                        .writeValueAsBytes(List.of(Map.of("n", "d:a", "v", Long.MAX_VALUE))));
    }

    /** A message of 64 KiB costs some megabytes at the most, whatever is in it. */
    @Test
    void memoryIsBoundedByTheMessage() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (String piece : new String[] {"{}\n", "[] ", "{\"v\":1}\n", "[[[]]] ", "{\"v\":[]}\n"}) {
            byte[] message = piece.repeat(65_536 / piece.length()).getBytes(StandardCharsets.UTF_8);
            Decoding decoding = Decoding.of("", "/v string");
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            MessagesFuzzTest.decode(decoding, message);
            long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
            assertThat(bytes).as(piece).isLessThan(64 << 20);
        }
    }
}
