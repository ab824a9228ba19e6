package assent.server.store.rocks;

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

    private static final int BACKGROUND_JOBS_MAX = 2;
    private static final long INFO_LOG_BYTES_MAX = 1024 * 1024;
    private static final long INFO_LOGS_KEPT = 4;
    private static final int DEVICE_ID_BYTES = 16;
    private static final double BLOOM_BITS_PER_KEY = 10;
    private static final double MEMTABLE_BLOOM_RATIO = 0.02;

    private Options() {}

    /// The recovery mode takes a last record that a crash cut short (nobody was told that it was kept)
    /// and refuses any other damage of the log, where RocksDB's default would drop what follows the
    /// damage without a word.
    static DBOptions database(RocksConfig config, Natives natives) {
        return natives.own(new DBOptions())
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setParanoidChecks(true)
                .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
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
        var family = natives.own(new ColumnFamilyOptions())
                .setCompressionType(CompressionType.NO_COMPRESSION)
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
