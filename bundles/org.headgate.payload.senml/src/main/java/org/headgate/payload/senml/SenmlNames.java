package org.headgate.payload.senml;

import java.util.HashSet;
import java.util.Set;
import org.headgate.codec.SenmlUnits;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;

/**
 * Names and units of measurements. The name in a record is the column's, behind a base name that is made of the settings' template; only
 * letters, digits and {@code - : . / _} are allowed in them (RFC 8428, 4.5.1), all else becomes {@code _}.
 */
final class SenmlNames {
    private static final String DEVICE = "device";

    private final SenmlSettings settings;
    private final boolean byDevice;
    private Columns columns;
    private String stream = "";
    private String device = "";
    private String base = "";

    SenmlNames(SenmlSettings settings) {
        this.settings = settings;
        byDevice =
                settings.baseName().contains("{device}") || settings.baseName().contains("{serial}");
    }

    /**
     * The columns of a schema.
     *
     * @param names what their measurements are called, each unlike the others
     * @param units their units in SenML; empty where there is none
     * @param device the column that names the device a row is of, which is in the base name already; -1 for none
     */
    record Columns(Schema schema, String[] names, String[] units, int device) {
        /** How many measurements a row makes. */
        int measurements(Row row) {
            int count = 0;
            for (int i = 0; i < names.length; i++) {
                count += isMeasured(row, i) ? 1 : 0;
            }
            return count;
        }

        /** Whether a column makes one: what is BAD or ABSENT has no value to tell. */
        boolean isMeasured(Row row, int column) {
            return column != device && !row.isNull(column);
        }
    }

    /** The columns of a row. Rows that follow each other mostly have the same. */
    Columns of(Row row) {
        Schema schema = row.schema();
        if (columns == null || columns.schema() != schema) {
            String[] names = new String[schema.size()];
            String[] units = new String[schema.size()];
            Set<String> taken = new HashSet<>();
            for (int i = 0; i < names.length; i++) {
                names[i] = unlike(taken, legal(schema.column(i).name()));
                units[i] = SenmlUnits.of(schema.column(i).unit());
            }
            columns = new Columns(schema, names, units, deviceColumn(schema));
        }
        return columns;
    }

    /** The base name of a row's measurements. */
    String base(String of, Row row) {
        int column = of(row).device();
        String named = column < 0 || row.isNull(column) ? of : row.asString(column);
        if (!of.equals(stream) || !named.equals(device)) {
            stream = of;
            device = named;
            base = settings.baseName()
                    .replace("{gateway}", legal(settings.gateway()))
                    .replace("{stream}", legal(of))
                    .replace("{device}", legal(named))
                    .replace("{serial}", legal(settings.serials().getOrDefault(named, named)));
            if (!isBeginning(base.isEmpty() ? ' ' : base.charAt(0))) {
                base = "x" + base;
            }
        }
        return base;
    }

    /** A row that was made of those of several devices says in a column of texts which one it is of. */
    private int deviceColumn(Schema schema) {
        int column = byDevice ? schema.indexOf(DEVICE) : -1;
        return column >= 0 && schema.type(column) == Type.STRING ? column : -1;
    }

    private static String unlike(Set<String> taken, String name) {
        String other = name;
        for (int i = 2; !taken.add(other); i++) {
            other = name + "." + i;
        }
        return other;
    }

    /** A text with nothing but what a name may have in it. */
    static String legal(String text) {
        StringBuilder legal = new StringBuilder(text);
        for (int i = 0; i < legal.length(); i++) {
            char c = legal.charAt(i);
            if (!isBeginning(c) && "-:./_".indexOf(c) < 0) {
                legal.setCharAt(i, '_');
            }
        }
        return legal.toString();
    }

    private static boolean isBeginning(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }
}
