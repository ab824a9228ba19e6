-- Keeps an approval unless it is there. KEYS c x; ARGV 1 value, 2 score of its expiry
if redis.call('SETNX', KEYS[1], ARGV[1]) == 1 then
  redis.call('ZADD', KEYS[2], ARGV[2], 'c' .. string.sub(KEYS[1], -16))
end
return 1
