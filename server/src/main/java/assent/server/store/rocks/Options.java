package assent.server.store.rocks;

import java.util.Map;
import java.util.Properties;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.WALRecoveryMode;

/// How RocksDB is set up: for small synced batches by one writer, within stated memory.
final class Options {
    /// Table files that RocksDB keeps open; others it opens when it reads them.
    private static final int OPEN_FILES_MAX = 512;

    /// Small, since a file is what is rewritten when one of its rows is erased.
    private static final long TABLE_FILE_BYTES = 16L * 1024 * 1024;

    private static final int BACKGROUND_JOBS_MAX = 2;
    private static final long INFO_LOG_BYTES_MAX = 1024 * 1024;
    private static final long INFO_LOGS_KEPT = 4;

    /// What the Java binding has no method for: a manifest that has outgrown its first contents is
    /// begun anew (otherwise one may grow to 1 MiB, or to six times its first contents), and
    /// opening begins one too.
    private static final Map<String, String> NAMED_ONLY =
            Map.of("max_manifest_space_amp_pct", "0", "reuse_manifest_on_open", "false");

    private static final int DEVICE_ID_BYTES = 16;

    /// Of an entry in the expiry index: what stays the same for about four seconds.
    private static final int EXPIRY_TIME_BYTES = 4;
    private static final double BLOOM_BITS_PER_KEY = 10;
    private static final double MEMTABLE_BLOOM_RATIO = 0.02;

    private Options() {}

    /// The recovery mode takes a last record that a crash cut short (nobody was told that it was
    /// kept) and refuses any other damage of the log, where RocksDB's default would drop what
    /// follows the damage without a word.
    ///
    /// Changes of the set of files begin a new manifest, and logs are neither kept nor used again,
    /// so that the keys of files that are gone go too ([ErasureRound]). A manifest has about 150
    /// bytes for each table file.
    static DBOptions database(RocksConfig config, Natives natives) {
        return natives.own(fromNames(NAMED_ONLY))
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setParanoidChecks(true)
                .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
                .setMaxManifestFileSize(1)
                .setRecycleLogFileNum(0)
                .setWalTtlSeconds(0)
                .setWalSizeLimitMB(0)
                .setMaxTotalWalSize(config.walBytesMax())
                .setDbWriteBufferSize(config.writeBufferBytes())
                .setAllowConcurrentMemtableWrite(false)
                .setEnableWriteThreadAdaptiveYield(false)
                .setMaxOpenFiles(OPEN_FILES_MAX)
                .setMaxBackgroundJobs(BACKGROUND_JOBS_MAX)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(INFO_LOG_BYTES_MAX)
                .setKeepLogFileNum(INFO_LOGS_KEPT)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0);
    }

    private static DBOptions fromNames(Map<String, String> values) {
        var properties = new Properties();
        properties.putAll(values);
        DBOptions options = DBOptions.getDBOptionsFromProps(properties);
        if (options == null) {
            throw new IllegalStateException("this RocksDB does not know all of " + values.keySet());
        }
        return options;
    }

    /// Rows that begin alike come after one another: the place of the last one is where the search for the next one's
    /// begins. Without it, that search was a third of the writer's time.
    private static ColumnFamilyOptions insertingNearby(Table table) {
        int alike = switch (table.lookup()) {
            case BY_DEVICE -> DEVICE_ID_BYTES;
            case IN_ORDER -> EXPIRY_TIME_BYTES;
            case BY_KEY -> 0;
        };
        if (alike == 0) {
            return new ColumnFamilyOptions();
        }
        var properties = new Properties();
        properties.put("memtable_insert_with_hint_prefix_extractor", "fixed:" + alike);
        ColumnFamilyOptions options = ColumnFamilyOptions.getColumnFamilyOptionsFromProps(properties);
        if (options == null) {
            throw new IllegalStateException("this RocksDB does not know " + properties);
        }
        return options;
    }

    static LRUCache blockCache(RocksConfig config, Natives natives) {
        return natives.own(new LRUCache(config.blockCacheBytes()));
    }

    /// Filters answer most questions for rows that are not there (a new message is no duplicate) without
    /// a block read. Nothing is compressed: what is sealed looks random.
    static ColumnFamilyOptions family(Table table, LRUCache cache, RocksConfig config, Natives natives) {
        var blocks = new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setCacheIndexAndFilterBlocks(true)
                .setPinL0FilterAndIndexBlocksInCache(true);
        var family = natives.own(insertingNearby(table))
                .setCompressionType(CompressionType.NO_COMPRESSION)
                .setTargetFileSizeBase(TABLE_FILE_BYTES)
                .setWriteBufferSize(config.writeBufferBytes() / 2);
        switch (table.lookup()) {
            case BY_KEY, BY_DEVICE -> {
                blocks.setFilterPolicy(natives.own(new BloomFilter(BLOOM_BITS_PER_KEY)));
                family.setMemtableWholeKeyFiltering(true).setMemtablePrefixBloomSizeRatio(MEMTABLE_BLOOM_RATIO);
            }
            case IN_ORDER -> {}
        }
        if (table.lookup() == Table.Lookup.BY_DEVICE) {
            family.useFixedLengthPrefixExtractor(DEVICE_ID_BYTES);
        }
        return family.setTableFormatConfig(blocks);
    }
}
