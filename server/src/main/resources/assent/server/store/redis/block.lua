-- Puts a number on a block list, or takes it off. KEYS a b; ARGV 1 device, 2 number, 3 max, or nothing to unblock
if string.sub(redis.call('HGET', KEYS[1], 'i') or '', 1, 16) ~= ARGV[1] then return 'NOT' end
if ARGV[3] == '' then
  redis.call('SREM', KEYS[2], ARGV[2])
  return 'ON'
end
if redis.call('SISMEMBER', KEYS[2], ARGV[2]) == 1 then return 'ON' end
if redis.call('SCARD', KEYS[2]) >= tonumber(ARGV[3]) then return 'FULL' end
redis.call('SADD', KEYS[2], ARGV[2])
return 'ON'
