package org.headgate.tls;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The blocks of a PEM file (RFC 7468). What stands between them, as {@code openssl x509 -text} leaves it, is skipped; a block that is
 * not whole is none.
 *
 * @param label what it is, for example {@code CERTIFICATE}
 * @param der its content
 * @param encrypted whether it is in the old form that is encrypted line by line (RFC 1421, {@code Proc-Type}); it has no content then
 */
record Pem(String label, byte[] der, boolean encrypted) {
    private static final String BEGIN = "-----BEGIN ";
    private static final String DASHES = "-----";

    static List<Pem> blocks(byte[] file) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        List<Pem> blocks = new ArrayList<>();
        int from = text.indexOf(BEGIN);
        while (from >= 0) {
            int label = from + BEGIN.length();
            int content = text.indexOf(DASHES, label);
            if (content < 0) {
                break;
            }
            String name = text.substring(label, content);
            content += DASHES.length();
            int end = text.indexOf("-----END " + name + DASHES, content);
            if (end >= 0) {
                add(blocks, name, text.substring(content, end));
            }
            from = text.indexOf(BEGIN, end < 0 ? content : end);
        }
        return blocks;
    }

    private static void add(List<Pem> blocks, String label, String content) {
        if (content.contains("Proc-Type:")) {
            blocks.add(new Pem(label, new byte[0], true));
            return;
        }
        try {
            blocks.add(new Pem(label, Base64.getMimeDecoder().decode(content), false));
        } catch (IllegalArgumentException damaged) {
            // As a block that is not whole.
        }
    }
}
