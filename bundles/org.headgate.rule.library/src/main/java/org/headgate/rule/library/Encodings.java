package org.headgate.rule.library;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.FunctionDefinition;

/** Hashes, Base64 and compression. */
final class Encodings {
    private static final int MOST_BYTES = 1 << 20;
    private static final List<String> METHODS = List.of("zlib", "gzip", "flate");

    private Encodings() {}

    static List<FunctionDefinition> all() {
        return List.of(
                hash("md5", "MD5", "900150983cd24fb0d6963f7d28e17f72"),
                hash("sha1", "SHA-1", "a9993e364706816aba3e25717850c26c9cd0d89d"),
                hash("sha256", "SHA-256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
                hash(
                        "sha384",
                        "SHA-384",
                        "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"),
                hash(
                        "sha512",
                        "SHA-512",
                        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"),
                Define.of(
                                "crc32(text)",
                                "the checksum of zip and Ethernet, in hexadecimal",
                                "crc32('abc')",
                                "\"352441c2\"")
                        .takes(Kind.TEXT)
                        .text((frame, v) -> crc32((String) v[0])),
                Define.of("encode(x, 'base64')", "a text or bytes in Base64", "encode('abc', 'base64')", "\"YWJj\"")
                        .takes(Kind.ANY, Kind.TEXT)
                        .text((frame, v) ->
                                isBase64(frame, v[1]) ? Base64.getEncoder().encodeToString(bytes(v[0])) : null),
                Define.of(
                                "decode(text, 'base64')",
                                "the bytes that a text in Base64 means",
                                "cast(decode('YWJj', 'base64'), 'string')",
                                "\"abc\"")
                        .takes(Kind.TEXT, Kind.TEXT)
                        .object(Type.BYTES, Encodings::decode),
                Define.of(
                                "compress(x, method)",
                                "a text or bytes compressed by zlib, gzip or flate",
                                "cast(decompress(compress('abc', 'zlib'), 'zlib'), 'string')",
                                "\"abc\"")
                        .takes(Kind.ANY, Kind.TEXT)
                        .object(Type.BYTES, Encodings::compress),
                Define.of(
                                "decompress(x, method)",
                                "the bytes that were compressed by zlib, gzip or flate, 1 MiB at most",
                                "cast(decompress(compress('abc', 'flate'), 'flate'), 'string')",
                                "\"abc\"")
                        .takes(Kind.ANY, Kind.TEXT)
                        .object(Type.BYTES, Encodings::decompress));
    }

    private static FunctionDefinition hash(String name, String algorithm, String ofAbc) {
        return Define.of(
                        name + "(text)",
                        "the " + algorithm + " hash of a text, in hexadecimal",
                        name + "('abc')",
                        "\"" + ofAbc + "\"")
                .takes(Kind.TEXT)
                .text((frame, v) -> {
                    try {
                        return HexFormat.of()
                                .formatHex(MessageDigest.getInstance(algorithm).digest(bytes(v[0])));
                    } catch (NoSuchAlgorithmException missing) {
                        return Values.failed(frame, "a Java runtime without " + algorithm);
                    }
                });
    }

    private static String crc32(String text) {
        CRC32 sum = new CRC32();
        sum.update(bytes(text));
        return Long.toHexString(sum.getValue());
    }

    private static byte[] bytes(Object value) {
        return value instanceof byte[] bytes ? bytes : Values.text(value).getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isBase64(Frame frame, Object method) {
        if (!((String) method).equalsIgnoreCase("base64")) {
            Values.wrong(frame, "base64", method);
        }
        return !frame.isNull();
    }

    private static Object decode(Frame frame, Object[] v) {
        try {
            return isBase64(frame, v[1]) ? Base64.getDecoder().decode((String) v[0]) : null;
        } catch (IllegalArgumentException notBase64) {
            return Values.wrong(frame, "a text in Base64", v[0]);
        }
    }

    private static Object compress(Frame frame, Object[] v) {
        String method = method(frame, v[1]);
        byte[] input = bytes(v[0]);
        if (method == null || input.length > MOST_BYTES) {
            return method == null ? null : Values.failed(frame, "expected 1 MiB at most");
        }
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, method.equals("flate"));
        try (OutputStream into =
                method.equals("gzip") ? new GZIPOutputStream(output) : new DeflaterOutputStream(output, deflater)) {
            into.write(input);
        } catch (IOException impossible) {
            return Values.failed(frame, impossible.toString());
        } finally {
            deflater.end();
        }
        return output.toByteArray();
    }

    private static Object decompress(Frame frame, Object[] v) {
        String method = method(frame, v[1]);
        if (method == null) {
            return null;
        }
        InputStream input = new ByteArrayInputStream(bytes(v[0]));
        Inflater inflater = new Inflater(method.equals("flate"));
        try (InputStream from =
                method.equals("gzip") ? new GZIPInputStream(input) : new InflaterInputStream(input, inflater)) {
            byte[] output = from.readNBytes(MOST_BYTES + 1);
            return output.length <= MOST_BYTES ? output : Values.failed(frame, "expected 1 MiB at most");
        } catch (IOException wrong) {
            return Values.failed(frame, "expected bytes compressed by " + method);
        } finally {
            inflater.end();
        }
    }

    private static String method(Frame frame, Object method) {
        String lower = ((String) method).toLowerCase(Locale.ROOT);
        return METHODS.contains(lower) ? lower : Values.wrong(frame, "zlib, gzip or flate", method);
    }
}
