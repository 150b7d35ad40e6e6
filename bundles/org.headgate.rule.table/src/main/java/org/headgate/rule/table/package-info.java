/**
 * Tables from files: CSV and JSON become rows that rules are joined with. Pure: bytes in, a {@link org.headgate.rule.language.Table} out.
 */
@Export
@Version("1.0.0")
package org.headgate.rule.table;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
