package org.headgate.rule.engine;

import java.io.IOException;
import org.headgate.rule.language.Table;
import org.headgate.rule.table.TableException;

/** Where the rows of a table come from. Both methods may block. */
interface TableSource {
    /** What tells the content from what it was before; compared by {@code equals}. */
    Object stamp() throws IOException;

    /** The table as it is now. */
    Table read() throws IOException, TableException;
}
