-- Writes entries into ledgers, all or none. KEYS ledgers; ARGV for each entry: ledger (place among the keys),
-- number, content
local last = {}
for i = 1, #ARGV, 3 do
  local ledger = tonumber(ARGV[i])
  local before = last[ledger] or redis.call('LLEN', KEYS[ledger])
  if tonumber(ARGV[i + 1]) ~= before + 1 then return { ledger, before } end
  last[ledger] = before + 1
end
for i = 1, #ARGV, 3 do redis.call('RPUSH', KEYS[tonumber(ARGV[i])], ARGV[i + 2]) end
return { 0, 0 }
